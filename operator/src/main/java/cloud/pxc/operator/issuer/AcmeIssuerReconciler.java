package cloud.pxc.operator.issuer;

import cloud.pxc.acme.AcmeAccount;
import cloud.pxc.acme.AcmeClient;
import cloud.pxc.acme.AcmeException;
import cloud.pxc.crds.issuer.AcmeIssuer;
import cloud.pxc.crds.issuer.AcmeIssuerStatus;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.SteeringFilter;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/** Keeps one account at a CA for each AcmeIssuer. */
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
@ControllerConfiguration(
        name = "acmeissuer",
        fieldManager = "pxc",
        generationAwareEventProcessing = false,
        informer = @Informer(onUpdateFilter = SteeringFilter.class))
public class AcmeIssuerReconciler implements Reconciler<AcmeIssuer> {

    private static final Logger LOG = Logger.getLogger(AcmeIssuerReconciler.class);

    /** More steps than any issuer needs; beyond it, something the CA says does not become true by doing it. */
    private static final int STEPS = 5;

    private final Issuers issuers;
    private final IssuerSecrets secrets;
    private final AccountKeys keys;
    private final IssuerSettings settings;
    private final Conditions conditions;
    private final Clock clock;
    private final ConcurrentMap<String, Integer> failures = new ConcurrentHashMap<>();

    AcmeIssuerReconciler(
            Issuers issuers,
            IssuerSecrets secrets,
            AccountKeys keys,
            IssuerSettings settings,
            Conditions conditions,
            Clock clock) {
        this.issuers = issuers;
        this.secrets = secrets;
        this.keys = keys;
        this.settings = settings;
        this.conditions = conditions;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, AcmeIssuer>> prepareEventSources(EventSourceContext<AcmeIssuer> context) {
        return List.of(issuers.doubts());
    }

    @Override
    public UpdateControl<AcmeIssuer> reconcile(AcmeIssuer issuer, Context<AcmeIssuer> context) {
        if (Steering.isPaused(issuer)) {
            return UpdateControl.noUpdate();
        }
        var name = issuer.getMetadata().getName();
        try {
            for (int step = 0; step < STEPS; step++) {
                switch (IssuerPlanner.plan(name, issuer.getSpec(), observe(issuer))) {
                    case IssuerStep.CreateKey create -> keys.create(issuer);
                    case IssuerStep.Register register -> register(issuer, register);
                    case IssuerStep.UpdateEmail update -> update(issuer, update);
                    case IssuerStep.Settled settled -> {
                        return settled(issuer, settled);
                    }
                    case IssuerStep.Refuse refuse -> {
                        return failed(issuer, new AcmeTrouble(refuse.verdict(), Optional.empty()));
                    }
                }
            }
            return failed(issuer, new AcmeTrouble(unsteady(name), Optional.empty()));
        } catch (AcmeException e) {
            return failed(issuer, AcmeTrouble.of(name, e));
        }
    }

    private IssuerFacts observe(AcmeIssuer issuer) {
        var problems = new ArrayList<String>();
        var client = tried(problems, () -> Optional.of(issuers.client(issuer)));
        var external = tried(problems, () -> secrets.externalAccount(issuer.getSpec()));
        var key = tried(problems, () -> keys.find(issuer.getMetadata().getName()));
        if (!problems.isEmpty()) {
            return IssuerFacts.broken(problems);
        }
        var directory = client.map(AcmeClient::directory);
        var account = key.flatMap(client.orElseThrow()::findAccount).map(AcmeAccount::look);
        return new IssuerFacts(List.of(), external, key.isPresent(), directory, account);
    }

    private interface Reading<T> {
        Optional<T> read();
    }

    private static <T> Optional<T> tried(List<String> problems, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
            return Optional.empty();
        }
    }

    private void register(AcmeIssuer issuer, IssuerStep.Register register) {
        var account = issuers.client(issuer).register(key(issuer), register.registration());
        LOG.infof("issuer=%s account=%s registered=true", issuer.getMetadata().getName(), account.url());
    }

    private void update(AcmeIssuer issuer, IssuerStep.UpdateEmail update) {
        issuers.client(issuer).findAccount(key(issuer)).ifPresent(account -> account.updateEmail(update.email()));
    }

    private KeyPair key(AcmeIssuer issuer) {
        return keys.find(issuer.getMetadata().getName()).orElseThrow();
    }

    private UpdateControl<AcmeIssuer> settled(AcmeIssuer issuer, IssuerStep.Settled settled) {
        failures.remove(issuer.getMetadata().getName());
        var verdict = new Verdict.Ready(
                IssuerReason.Registered,
                "account " + settled.account().url() + " may order at "
                        + issuer.getSpec().server());
        var status = new AcmeIssuerStatus(
                issuer.getMetadata().getGeneration(),
                conditions(issuer, verdict),
                settled.account().url().toString(),
                settled.directory().termsOfService().map(Object::toString).orElse(null),
                settled.directory().profiles().keySet().stream().sorted().toList());
        return written(issuer, status, settings.recheck());
    }

    private UpdateControl<AcmeIssuer> failed(AcmeIssuer issuer, AcmeTrouble trouble) {
        var count = failures.merge(issuer.getMetadata().getName(), 1, Integer::sum);
        var wait = settings.backoff().after(count);
        var asked = trouble.notBefore()
                .map(at -> Duration.between(clock.instant(), at))
                .orElse(Duration.ZERO);
        var before = Optional.ofNullable(issuer.getStatus());
        var status = new AcmeIssuerStatus(
                issuer.getMetadata().getGeneration(),
                conditions(issuer, trouble.verdict()),
                before.map(AcmeIssuerStatus::accountUrl).orElse(null),
                before.map(AcmeIssuerStatus::termsOfService).orElse(null),
                before.map(AcmeIssuerStatus::profiles).orElse(null));
        return written(issuer, status, asked.compareTo(wait) > 0 ? asked : wait);
    }

    private List<io.fabric8.kubernetes.api.model.Condition> conditions(AcmeIssuer issuer, Verdict verdict) {
        var before = issuer.getStatus() == null ? null : issuer.getStatus().conditions();
        return conditions.after(before, issuer.getMetadata().getGeneration(), verdict);
    }

    private static UpdateControl<AcmeIssuer> written(AcmeIssuer issuer, AcmeIssuerStatus status, Duration next) {
        if (status.equals(issuer.getStatus())) {
            return UpdateControl.<AcmeIssuer>noUpdate().rescheduleAfter(next);
        }
        var patch = new AcmeIssuer();
        patch.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName(issuer.getMetadata().getName())
                .build());
        patch.setStatus(status);
        return UpdateControl.patchStatus(patch).rescheduleAfter(next);
    }

    private static Verdict unsteady(String name) {
        return new Verdict.Failing(
                IssuerReason.Refused,
                "AcmeIssuer " + name + ": the CA accepts what it is told of the account, and then says otherwise;"
                        + " it is tried again by itself");
    }
}
