package platform.backup.archive;

/**
 * What a target asks for. Its text never shows the secret.
 *
 * @param user the user, or the id of an access key; empty for none
 * @param secret the password, the secret of the access key, or a private key in PEM; empty for none
 */
record TargetLogin(String user, String secret) {

    static final TargetLogin NONE = new TargetLogin("", "");

    boolean isEmpty() {
        return user.isEmpty() && secret.isEmpty();
    }

    boolean isPrivateKey() {
        return secret.startsWith("-----BEGIN ");
    }

    @Override
    public String toString() {
        return "TargetLogin[" + user + "]";
    }
}
