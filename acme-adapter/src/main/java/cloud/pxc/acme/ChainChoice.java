package cloud.pxc.acme;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/** Tells chains to different roots apart. acme4j compares whole distinguished names, which public CAs' common names never match. */
final class ChainChoice {

    private ChainChoice() {}

    /** Whether the last certificate of the chain was issued by a CA of that common name. */
    static boolean endsAt(CertificateChain chain, String commonName) {
        return commonName.equals(commonName(chain.certificates().getLast().getIssuerX500Principal()));
    }

    private static String commonName(X500Principal principal) {
        try {
            return new LdapName(principal.getName(X500Principal.RFC2253))
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> rdn.getValue().toString())
                            .findFirst()
                            .orElse("");
        } catch (InvalidNameException e) {
            throw new IllegalStateException("the JDK wrote a name that it can't read: " + principal, e);
        }
    }
}
