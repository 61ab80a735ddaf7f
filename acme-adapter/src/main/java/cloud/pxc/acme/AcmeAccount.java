package cloud.pxc.acme;

import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.RevocationReason;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.util.CSRBuilder;

/** An account at a CA, and what it may do. Safe for use by many threads. */
public final class AcmeAccount {

    private final Login login;
    private final Failures failures;
    private final Orders orders;

    AcmeAccount(Login login, Failures failures) {
        this.login = login;
        this.failures = failures;
        this.orders = new Orders(login, failures);
    }

    /** Identifies the account; to be kept beside its key. */
    public URI url() {
        return URI.create(login.getAccountLocation().toString());
    }

    /**
     * How the CA sees the account now.
     *
     * @throws cloud.pxc.acme.AcmeException.AccountMissing where the CA has forgotten it
     */
    public AccountState look() {
        return failures.telling(() -> {
            var account = login.getAccount();
            account.fetch();
            return new AccountState(
                    url(),
                    account.getStatus() == Status.VALID,
                    account.getContacts().stream().map(URI::toString).toList());
        });
    }

    /** Has the CA write to this address from now on. */
    public void updateEmail(String email) {
        failures.telling(() -> {
            var modification = login.getAccount().modify();
            modification.getContacts().clear();
            modification.addEmail(email).commit();
        });
    }

    /**
     * Opens an order (RFC 8555 section 7.4). Each call opens another: keep the URL of what comes back before anything else.
     *
     * <p>That it replaces a certificate is left out where the CA does not want to hear it (already replaced, or unknown to it).
     */
    public OrderState order(OrderRequest request) {
        return orders.open(request);
    }

    /**
     * One look at an order and, while it is pending, at its authorizations.
     *
     * @throws cloud.pxc.acme.AcmeException.Gone where the CA has forgotten it
     */
    public OrderState look(URI order) {
        return orders.look(order);
    }

    /** Tells the CA that the record is served by now (RFC 8555 section 7.5.1); {@link #look(URI)} shows what becomes of it. */
    public void trigger(Dns01Challenge challenge) {
        failures.telling(
                () -> login.bindChallenge(AcmeClient.url(challenge.url())).trigger());
    }

    /**
     * Hands in the certificate request of an order that is {@link OrderState.Ready} (RFC 8555 section 7.4).
     *
     * @param key the certificate's key; it signs the request and goes no further
     */
    public OrderState finish(URI order, KeyPair key, List<String> dnsNames) {
        failures.telling(() -> login.bindOrder(AcmeClient.url(order)).execute(request(key, dnsNames)));
        return look(order);
    }

    /**
     * The certificate with its chain (RFC 8555 section 7.4.2).
     *
     * @param preferredChain common name of the issuer at the chain's top; the CA's default chain where none ends there
     */
    public CertificateChain download(OrderState.Valid order, Optional<String> preferredChain) {
        return failures.telling(() -> {
            var certificate = login.bindCertificate(AcmeClient.url(order.certificate()));
            certificate.download();
            var offered = new CertificateChain(certificate.getCertificateChain());
            if (preferredChain.isEmpty() || ChainChoice.endsAt(offered, preferredChain.get())) {
                return offered;
            }
            for (var alternate : certificate.getAlternateCertificates()) {
                alternate.download();
                var chain = new CertificateChain(alternate.getCertificateChain());
                if (ChainChoice.endsAt(chain, preferredChain.get())) {
                    return chain;
                }
            }
            return offered;
        });
    }

    /** When the CA wants the certificate to be renewed; empty where it does not say (RFC 9773). */
    public Optional<RenewalWindow> renewalWindow(CertificateChain chain) {
        return orders.renewalWindow(chain);
    }

    /** Revokes a certificate of this account (RFC 8555 section 7.6), because it is no longer used. */
    public void revoke(CertificateChain chain) {
        failures.telling(() -> Certificate.revoke(login, chain.leaf(), RevocationReason.CESSATION_OF_OPERATION));
    }

    private static byte[] request(KeyPair key, List<String> dnsNames) throws AcmeException {
        try {
            var builder = new CSRBuilder();
            builder.addDomains(dnsNames);
            builder.sign(key);
            return builder.getEncoded();
        } catch (IOException e) {
            throw new IllegalArgumentException("no certificate request can be made with this key", e);
        }
    }

    @Override
    public String toString() {
        return "AcmeAccount[" + url() + "]";
    }
}
