package cloud.pxc.acme;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.KeyPair;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Resource;

/**
 * One ACME CA. Safe for use by many threads; holds connections, so it is kept as long as the server is used. Every method makes
 * its requests and returns, and throws one of the kinds of {@link AcmeException}.
 */
public final class AcmeClient {

    private final AcmeServer server;
    private final Session session;
    private final Failures failures;

    public AcmeClient(AcmeServer server, Clock clock) {
        this.server = server;
        this.session = new NoncePool(server.directory(), new Transport(server, clock));
        this.session.networkSettings().setTimeout(server.timeout());
        this.failures = new Failures(server.directory());
    }

    public AcmeServer server() {
        return server;
    }

    /** What the CA says of itself, asked anew. */
    public Directory directory() {
        try {
            return failures.telling(() -> {
                session.purgeDirectoryCache();
                var meta = session.getMetadata();
                return new Directory(
                        meta.getTermsOfService(),
                        meta.isExternalAccountRequired(),
                        meta.getProfiles().stream()
                                .collect(Collectors.toMap(name -> name, name -> meta.getProfileDescription(name)
                                        .orElse(""))),
                        session.resourceUrlOptional(Resource.RENEWAL_INFO).isPresent());
            });
        } catch (AcmeException.Gone e) {
            throw failures.notAcme(e.getMessage(), e);
        }
    }

    /** The account of this key, where the CA has one (RFC 8555 section 7.3.1). */
    public Optional<AcmeAccount> findAccount(KeyPair key) {
        try {
            return Optional.of(failures.telling(() -> bound(new AccountBuilder().onlyExisting(), key)));
        } catch (AcmeException.AccountMissing none) {
            return Optional.empty();
        }
    }

    /**
     * Makes an account for this key, or finds the one it has (RFC 8555 section 7.3).
     *
     * @throws AcmeException.ExternalAccountRefused where the CA wants an external account, or not this one
     * @throws AcmeException.UserActionRequired where the terms have to be agreed to
     */
    public AcmeAccount register(KeyPair key, Registration registration) {
        try {
            return failures.telling(() -> {
                var builder = new AccountBuilder();
                registration.email().ifPresent(builder::addEmail);
                if (registration.termsAgreed()) {
                    builder.agreeToTermsOfService();
                }
                registration
                        .externalAccount()
                        .ifPresent(external -> builder.withKeyIdentifier(external.keyId(), external.macKey()));
                return bound(builder, key);
            });
        } catch (AcmeException.Unauthorized e) {
            // A new account has no rights yet that could be lacking: what is refused is the proof of the external one.
            throw registration.externalAccount().isPresent()
                    ? new AcmeException.ExternalAccountRefused(e.problem(), e)
                    : e;
        }
    }

    /** The account with that URL and key; nothing is asked yet. */
    public AcmeAccount account(URI url, KeyPair key) {
        return new AcmeAccount(session.login(url(url), key), failures);
    }

    private AcmeAccount bound(AccountBuilder builder, KeyPair key) throws org.shredzone.acme4j.exception.AcmeException {
        return new AcmeAccount(builder.useKeyPair(key).createLogin(session), failures);
    }

    static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(uri + " is no URL", e);
        }
    }

    @Override
    public String toString() {
        return "AcmeClient[" + server.directory() + "]";
    }
}
