package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DavListingTest {

    private static final URI ASKED = URI.create("https://example.com/a%20b/");

    @Test
    void addressesAreReadInEachFormThatServersUse() throws IOException {
        String text = """
                <?xml version="1.0"?>
                <x:multistatus xmlns:x="DAV:">
                  <x:response><x:href>/a%20b/</x:href><x:propstat><x:prop><x:resourcetype><x:collection/></x:resourcetype>
                    </x:prop></x:propstat></x:response>
                  <x:response><x:href>https://example.com/a%20b/f%2Bg</x:href><x:propstat><x:prop>
                    <x:getcontentlength>12</x:getcontentlength>
                    <x:getlastmodified>Fri, 27 Nov 2026 08:00:00 GMT</x:getlastmodified><x:resourcetype/>
                    </x:prop></x:propstat></x:response>
                  <x:response><x:href>h</x:href></x:response>
                </x:multistatus>
                """;
        assertThat(DavListing.parse(ASKED, text))
                .containsExactly(
                        new DavListing.Entry("/a b", true, 0, Instant.EPOCH),
                        new DavListing.Entry("/a b/f+g", false, 12, Instant.parse("2026-11-27T08:00:00Z")),
                        new DavListing.Entry("/a b/h", false, 0, Instant.EPOCH));
    }

    @Test
    void aDocumentTypeIsRefused() {
        String text = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><multistatus xmlns=\"DAV:\"><response>"
                + "<href>&e;</href></response></multistatus>";
        assertThatThrownBy(() -> DavListing.parse(ASKED, text)).hasMessageContaining("no list of WebDAV");
    }

    @Test
    void whatIsNoListIsNamed() {
        assertThatThrownBy(() -> DavListing.parse(ASKED, "<html><body>Log in first"))
                .hasMessageContaining("no list of WebDAV");
    }
}
