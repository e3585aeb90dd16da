package platform.webserver.jetty;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.List;
import java.util.Optional;

/** Which keys browsers accept, and which key belongs to which certificate. */
final class KeyRules {

    private static final int FEWEST_RSA_BITS = 2048;
    private static final List<String> CURVES = List.of("secp256r1", "secp384r1", "secp521r1");
    private static final byte[] SAMPLE = {1, 2, 3};

    private KeyRules() {}

    /** Why a certificate with this key is of no use; empty when it is. */
    static Optional<String> fault(PublicKey key) {
        if (key instanceof RSAPublicKey rsa && key.getAlgorithm().equals("RSA")) {
            int bits = rsa.getModulus().bitLength();
            return bits >= FEWEST_RSA_BITS
                    ? Optional.empty()
                    : Optional.of("The key is too weak: RSA with " + bits + " bits. Use one of " + FEWEST_RSA_BITS
                            + " bits or more, or EC.");
        }
        if (key instanceof ECPublicKey ec && CURVES.stream().anyMatch(curve -> isOn(curve, ec.getParams()))) {
            return Optional.empty();
        }
        return Optional.of("The key is of a kind that browsers do not accept: " + key.getAlgorithm()
                + ". Use an RSA key, or an EC key on P-256, P-384 or P-521.");
    }

    private static boolean isOn(String curve, ECParameterSpec parameters) {
        try {
            AlgorithmParameters known = AlgorithmParameters.getInstance("EC");
            known.init(new ECGenParameterSpec(curve));
            BigInteger order = known.getParameterSpec(ECParameterSpec.class).getOrder();
            return order.equals(parameters.getOrder());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java does not know the curve " + curve, e);
        }
    }

    /** Whether they are one key, however it was written. */
    static boolean same(PrivateKey one, PrivateKey other) {
        if (one instanceof RSAPrivateKey a && other instanceof RSAPrivateKey b) {
            return a.getModulus().equals(b.getModulus());
        }
        if (one instanceof ECPrivateKey a && other instanceof ECPrivateKey b) {
            return a.getS().equals(b.getS());
        }
        return one.equals(other);
    }

    /** Whether they are the two halves of one: what one signs, the other verifies. */
    static boolean belong(PrivateKey key, PublicKey half) {
        if (!key.getAlgorithm().equals(half.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(half);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
