package cloud.pxc.e2e;

import cloud.pxc.world.Programs;
import cloud.pxc.world.Scratch;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Looks at certificates by the real openssl. */
final class OpenSsl {

    private static final Tool OPENSSL = new Tool(Programs.find("openssl"));

    private final Scratch scratch;

    OpenSsl(Scratch scratch) {
        this.scratch = scratch;
    }

    /** Whether the Secret's chain leads to the root, is for that name, and belongs to the Secret's key. */
    Seen verify(Secret secret, String rootPem, String host) {
        var name = secret.getMetadata().getName();
        var folder = "openssl/" + secret.getMetadata().getNamespace() + "-" + name + "/";
        var root = scratch.write(folder + "root.pem", rootPem).toString();
        var chain = scratch.write(folder + "tls.crt", value(secret, "tls.crt")).toString();
        var key = scratch.write(folder + "tls.key", value(secret, "tls.key")).toString();
        var verified =
                OPENSSL.run(List.of("verify", "-CAfile", root, "-untrusted", chain, "-verify_hostname", host, chain));
        if (verified.exitCode() != 0) {
            return Seen.notYet("openssl verify says of Secret " + name + ": " + oneLine(verified));
        }
        var ofCertificate = OPENSSL.run(List.of("x509", "-in", chain, "-noout", "-pubkey"));
        var ofKey = OPENSSL.run(List.of("pkey", "-in", key, "-pubout"));
        if (ofCertificate.exitCode() != 0 || ofKey.exitCode() != 0) {
            return Seen.notYet("openssl can't read Secret " + name + ": " + oneLine(ofCertificate) + oneLine(ofKey));
        }
        if (!ofCertificate.text().equals(ofKey.text())) {
            return Seen.notYet("the key in Secret " + name + " is not that of its certificate");
        }
        return Seen.yes("openssl verify: OK for " + host + ", key matches");
    }

    private static String value(Secret secret, String key) {
        var data = secret.getData() == null ? null : secret.getData().get(key);
        return data == null ? "" : new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }

    private static String oneLine(Tool.Output output) {
        return output.text().strip().replace('\n', ' ');
    }
}
