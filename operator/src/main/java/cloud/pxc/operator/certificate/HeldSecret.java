package cloud.pxc.operator.certificate;

import cloud.pxc.acme.CertificateChain;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** What is in the Secret that a Certificate is to be kept in. */
sealed interface HeldSecret {

    /** There is none. */
    record Missing() implements HeldSecret {}

    /** There is one that belongs to somebody else. */
    record Foreign(String message) implements HeldSecret {}

    /** Ours, but not readable. */
    record Broken(String message) implements HeldSecret {}

    /**
     * Ours.
     *
     * @param issuer who issued it, as the Secret says
     * @param revision how many certificates this Secret has held
     */
    record Pair(CertificateChain chain, KeyPair key, String issuer, long revision) implements HeldSecret {

        boolean matches() {
            return chain.publicKey().equals(key.getPublic());
        }

        boolean isFor(List<String> dnsNames) {
            return chain.dnsNames().equals(new TreeSet<>(dnsNames));
        }

        /** Whether a server that uses it is believed at that moment. */
        boolean serves(List<String> dnsNames, Instant now) {
            return matches() && chain.dnsNames().containsAll(dnsNames) && now.isBefore(chain.notAfter());
        }

        @Override
        public String toString() {
            return "Pair[chain=" + chain + ", issuer=" + issuer + ", revision=" + revision + "]";
        }
    }
}
