package cloud.pxc.admission.serving;

import cloud.pxc.admission.serving.Authority.Leaf;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Singleton;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The TLS server's certificate, asked for at every handshake: another one is used from the next handshake on, and connections that
 * are open stay so. Until the shared one is there it is one that nobody trusts.
 */
@Singleton
@Identifier("serving") class ServingKeys extends X509ExtendedKeyManager implements KeyStoreProvider {

    private static final Duration FIRST = Duration.ofDays(1);

    /** The newest first; a handshake that is under way finishes with the one it began with. */
    private volatile List<Leaf> leaves;

    ServingKeys(Clock clock) {
        var now = clock.instant();
        leaves = List.of(Authority.make(now, FIRST).issue(Set.of("localhost"), now));
    }

    synchronized void use(Leaf leaf) {
        leaves = List.of(leaf, leaves.getFirst());
    }

    @Override
    public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        return new KeyStoreAndKeyCertOptions(null, KeyCertOptions.wrap(this));
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return alias(keyType);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        var alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return leaves.stream()
                .filter(leaf -> alias(leaf).equals(alias))
                .findFirst()
                .map(leaf -> new X509Certificate[] {leaf.certificate()})
                .orElse(null);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return leaves.stream()
                .filter(leaf -> alias(leaf).equals(alias))
                .findFirst()
                .map(Leaf::key)
                .orElse(null);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    private String alias(String keyType) {
        var leaf = leaves.getFirst();
        return keyType.equals(leaf.key().getAlgorithm()) ? alias(leaf) : null;
    }

    private static String alias(Leaf leaf) {
        return leaf.certificate().getSerialNumber().toString(Character.MAX_RADIX);
    }
}
