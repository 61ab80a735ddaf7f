package cloud.pxc.admission.serving;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps the serving certificate: made where there is none, shared by the replicas in the chart's Secret, replaced in time, and its
 * authorities written to the webhook configuration. Both are watched, so that what somebody changes is mended at once.
 */
@ApplicationScoped
public class ServingCertificate {

    private static final Logger LOG = Logger.getLogger(ServingCertificate.class);

    private final ServingKeys keys;
    private final CaBundle bundle;
    private final ServingSettings settings;
    private final Clock clock;
    private final SharedSecret secret;
    private final SharedIndexInformer<Secret> secrets;
    private final SharedIndexInformer<ValidatingWebhookConfiguration> configurations;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("serving-certificate").daemon().factory());
    private volatile Identity inUse;
    private volatile boolean trusted;

    ServingCertificate(
            KubernetesClient kubernetes,
            @Identifier("serving") ServingKeys keys,
            CaBundle bundle,
            ServingSettings settings,
            Clock clock) {
        this.keys = keys;
        this.bundle = bundle;
        this.settings = settings;
        this.clock = clock;
        secret = new SharedSecret(kubernetes, settings.namespace(), settings.secretName());
        secrets = kubernetes
                .secrets()
                .inNamespace(settings.namespace())
                .withName(settings.secretName())
                .runnableInformer(0);
        configurations = kubernetes
                .admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName(settings.configurationName())
                .runnableInformer(0);
    }

    void start(@Observes StartupEvent started) {
        watch(secrets, "secret " + settings.namespace() + "/" + settings.secretName());
        watch(configurations, "webhook-configuration " + settings.configurationName());
        var pause = settings.certificate().check().toMillis();
        thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
        secrets.stop();
        configurations.stop();
    }

    /** Whether the certificate that all replicas share is served, and the webhook configuration, if there is one, has its CA. */
    public boolean isTrusted() {
        return trusted;
    }

    private <T extends HasMetadata> void watch(SharedIndexInformer<T> informer, String what) {
        informer.exceptionHandler((started, failure) -> {
            LOG.warnf("watched=false object=\"%s\" cause=\"%s\"", what, failure.getMessage());
            return true;
        });
        informer.addEventHandler(new Changes<>());
        informer.start().thenRun(() -> thread.execute(this::look));
    }

    private void look() {
        if (!secrets.hasSynced()) {
            return;
        }
        try {
            keepSecret();
            keepBundle();
        } catch (KubernetesClientException e) {
            LOG.warnf(
                    "serving-certificate=unfinished retry=%s cause=\"%s; check the webhook's roles\"",
                    settings.certificate().check(),
                    Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("serving-certificate=unfinished", e);
        }
    }

    private void keepSecret() {
        var seen = secrets.getStore().list().stream().findFirst().orElse(null);
        if (seen == null) {
            LOG.warnf(
                    "serving-certificate=unshared cause=\"there is no Secret %s/%s, which comes with the chart;"
                            + " helm upgrade makes it again\"",
                    settings.namespace(), settings.secretName());
            return;
        }
        var turn = Turn.of(
                SharedSecret.read(seen),
                Optional.ofNullable(inUse),
                settings.hosts(),
                clock.instant(),
                settings.certificate().rotation());
        switch (turn) {
            case Turn.Keep(var identity) -> serve(identity);
            case Turn.Replace(var identity, var why) -> {
                if (secret.write(seen, identity)) {
                    LOG.infof("serving-certificate=written cause=\"%s\" hosts=%s", why, identity.hosts());
                    serve(identity);
                }
            }
        }
    }

    private void serve(Identity identity) {
        var changed = inUse == null
                || !inUse.leaf().certificate().equals(identity.leaf().certificate());
        if (changed) {
            keys.use(identity.leaf());
            LOG.infof(
                    "serving-certificate=in-use serial=%s until=%s",
                    identity.leaf().certificate().getSerialNumber().toString(16),
                    identity.leaf().certificate().getNotAfter().toInstant());
        }
        inUse = identity;
    }

    private void keepBundle() {
        if (inUse != null && configurations.hasSynced()) {
            configurations.getStore().list().forEach(there -> bundle.keep(there, inUse.bundle()));
            trusted = true;
        }
    }

    private final class Changes<T> implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T added) {
            thread.execute(ServingCertificate.this::look);
        }

        @Override
        public void onUpdate(T before, T after) {
            thread.execute(ServingCertificate.this::look);
        }

        @Override
        public void onDelete(T deleted, boolean unknown) {
            thread.execute(ServingCertificate.this::look);
        }
    }
}
