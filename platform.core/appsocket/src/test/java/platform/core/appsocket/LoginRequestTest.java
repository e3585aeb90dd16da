package platform.core.appsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginRequestTest {

    private static final String CHALLENGE = "0123456789abcdef";
    private static final String NO_INFO = "a205299ed2ef2786c311e0be1b14db343f2cadd906a6ae7b564eee34bda5e9a1";
    private static final String EMPTY_INFO = "57b23fe824b9222a7ac879597cb509bcdc865a1bfeb057d9d12118cef0c3ba34";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "'\"app\":\"pbxadminapi\"' | " + NO_INFO,
                "'\"app\":\"pbxadminapi\",\"info\":{}' | " + EMPTY_INFO,
                "'\"app\":\"pbxadminapi\",\"info\":{\"cn\":\"Test User\"}' |"
                        + " 96db3c3f657230c2b68194becc6d2a77f05de9f79f01fc81e9ca0fb196b10d9d",
                "'\"app\":\"innovaphone-users\",\"domain\":\"example.com\",\"sip\":\"administrator\","
                        + "\"guid\":\"0123456789abcdef0123456789abcdef\",\"dn\":\"Administrator User\","
                        + "\"info\":{\"appobj\":\"users\",\"apps\":[{\"name\":\"users\"},{\"name\":\"profile\"}],"
                        + "\"appurl\":\"https://1.2.3.4/example.com/usersapp/innovaphone-users\",\"unlicensed\":true}' |"
                        + " ef1b811ffaa8f9255c39c653d8fb26b4687b2d8c4d9ac91b4821bff6bae3ff44"
            })
    void thePublishedDigestsAreRight(String fields, String digest) throws JsonException {
        assertThat(request(fields, digest).isBy("pwd")).isTrue();
        assertThat(request(fields, digest).isBy("pwd2")).isFalse();
        assertThat(request(fields, digest.toUpperCase(java.util.Locale.ROOT)).isBy("pwd"))
                .isFalse();
        assertThat(request(fields, "").isBy("pwd")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"app\":\"pbxadminapi\",\"info\":null",
                "\"app\":\"pbxadminapi\",\"domain\":\"\",\"sip\":null,\"guid\":\"\",\"dn\":\"\"",
                "\"digest2\":[{\"info\":{}}],\"app\":\"pbxadminapi\",\"new\":{\"info\":1}",
                "\"app\":\"pbxadminapi\",\"pbxObj\":\"not hashed\"",
                "\"\\u0061pp\":\"pbx\\u0061dminapi\""
            })
    void missingEmptyAndUnknownFieldsChangeNothing(String fields) throws JsonException {
        assertThat(request(fields, NO_INFO).isBy("pwd")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{ }", "\t{\r\n}"})
    void anEmptyInfoIsPresent(String info) throws JsonException {
        LoginRequest request = request("\"info\":" + info + ",\"app\":\"pbxadminapi\"", EMPTY_INFO);

        assertThat(request.isBy("pwd")).isTrue();
        assertThat(request.login().infoText()).isEqualTo("{}");
        assertThat(request("\"info\":" + info + ",\"app\":\"pbxadminapi\"", NO_INFO)
                        .isBy("pwd"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"{}\"", "true", "\"\""})
    void anInfoThatIsNoObjectIsNoLogin(String info) {
        assertThatThrownBy(() -> request("\"info\":" + info, NO_INFO)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "domain", "sip", "guid"})
    void aColonWhereNoneBelongsIsAmbiguous(String field) throws JsonException {
        assertThat(request("\"" + field + "\":\"a:b\"", "").isAmbiguous()).isTrue();
        assertThat(request("\"" + field + "\":\"ab\",\"dn\":\"a: b\"", "").isAmbiguous())
                .isFalse();
    }

    @Test
    void anInfoThatBecamePartOfTheNameIsAmbiguous() throws JsonException {
        String signed = "a:b:c:0:Alice:{\"groups\":[]}:" + CHALLENGE + ":pwd";
        String fields = "\"app\":\"a\",\"domain\":\"b\",\"sip\":\"c\",\"guid\":\"0\",";
        String moved = fields + "\"dn\":\"Alice:{\\\"groups\\\":[]}\"";

        assertThat(request(moved, Client.sha256(signed)).isBy("pwd")).isTrue();
        assertThat(request(moved, Client.sha256(signed)).isAmbiguous()).isTrue();
        assertThat(request(fields + "\"dn\":\"Alice\",\"info\":{\"groups\":[]}", Client.sha256(signed))
                        .isAmbiguous())
                .isFalse();
    }

    @Test
    void whoItIsIsReadFromItsFields() throws JsonException {
        LoginRequest user = LoginRequest.of(JsonReader.message(Client.userLogin("c", "pwd")), "c");
        LoginRequest object = LoginRequest.of(JsonReader.message(Client.objectLogin("c")), "c");
        LoginRequest admin = LoginRequest.of(JsonReader.message(Client.passwordLogin("hello", "c", "pwd")), "c");

        assertThat(user.login().dn()).isEqualTo("Alice A.");
        assertThat(user.login().info()).containsEntry("groups", java.util.List.of("staff"));
        assertThat(user.login().isPbxObject()).isFalse();
        assertThat(user.login().isPasswordLogin()).isFalse();
        assertThat(object.login().isPbxObject()).isTrue();
        assertThat(admin.login().isPasswordLogin()).isTrue();
        assertThat(admin.login().isPbxObject()).isFalse();
    }

    private static LoginRequest request(String fields, String digest) throws JsonException {
        String message = "{\"mt\":\"AppLogin\"," + fields + ",\"digest\":\"" + digest + "\"}";
        return LoginRequest.of(JsonReader.message(message), CHALLENGE);
    }
}
