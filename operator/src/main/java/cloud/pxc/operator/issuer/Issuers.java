package cloud.pxc.operator.issuer;

import cloud.pxc.acme.AcmeClient;
import cloud.pxc.acme.AcmeServer;
import cloud.pxc.crds.issuer.AcmeIssuer;
import cloud.pxc.operator.status.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Finds the accounts of issuers, and keeps one client for each CA. */
@ApplicationScoped
public class Issuers implements Accounts {

    private final KubernetesClient kubernetes;
    private final IssuerSecrets secrets;
    private final AccountKeys keys;
    private final Clock clock;
    private final ConcurrentMap<AcmeServer, AcmeClient> clients = new ConcurrentHashMap<>();
    private final SimpleInboundEventSource<AcmeIssuer> doubts = new SimpleInboundEventSource<>("doubted-accounts");

    Issuers(KubernetesClient kubernetes, IssuerSecrets secrets, AccountKeys keys, Clock clock) {
        this.kubernetes = kubernetes;
        this.secrets = secrets;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public IssuerView view(String name) {
        var issuer = kubernetes.resources(AcmeIssuer.class).withName(name).get();
        if (issuer == null) {
            return new IssuerView.Unusable(
                    "there is no AcmeIssuer " + name + "; create it, or set spec.issuerRef to one there is");
        }
        var status = issuer.getStatus();
        if (status == null || !Conditions.isReady(status.conditions()) || status.accountUrl() == null) {
            var why = Conditions.find(status == null ? null : status.conditions(), Conditions.READY)
                    .map(condition -> ": " + condition.getMessage())
                    .orElse(" yet");
            return new IssuerView.Unusable("AcmeIssuer " + name + " is not ready" + why);
        }
        try {
            return keys.find(name)
                    .<IssuerView>map(key -> new IssuerView.Usable(
                            client(issuer).account(URI.create(status.accountUrl()), key),
                            profile(issuer),
                            Optional.ofNullable(issuer.getSpec().preferredChain()),
                            Optional.ofNullable(issuer.getSpec().limits())))
                    .orElseGet(() -> {
                        doubt(name);
                        return new IssuerView.Unusable("AcmeIssuer " + name + " has lost its account key in Secret "
                                + keys.where(name) + "; a new account is registered by itself");
                    });
        } catch (IllegalArgumentException e) {
            return new IssuerView.Unusable("AcmeIssuer " + name + ": " + e.getMessage());
        }
    }

    @Override
    public void doubt(String name) {
        doubts.propagateEvent(new ResourceID(name));
    }

    /** One client for each server and trust, kept as long as the process runs. */
    AcmeClient client(AcmeIssuer issuer) {
        return clients.computeIfAbsent(secrets.server(issuer.getSpec()), server -> new AcmeClient(server, clock));
    }

    SimpleInboundEventSource<AcmeIssuer> doubts() {
        return doubts;
    }

    /** A CA that has profiles may choose any for an order that names none; one that is called default is meant then. */
    private static Optional<String> profile(AcmeIssuer issuer) {
        return Optional.ofNullable(issuer.getSpec().profile()).or(() -> issuer.getStatus().profiles().stream()
                .filter("default"::equals)
                .findFirst());
    }
}
