package cloud.pxc.admission;

import cloud.pxc.ledger.LedgerUnavailable;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Where the API server asks.
 *
 * <p>A review that can't be decided is answered with status 500 and a sentence, never with a yes or a no of our own: the API server
 * then does as the {@code failurePolicy} in the webhook configuration says, and tells that sentence.
 */
@Path("/validate")
@Singleton
public class ReviewEndpoint {

    private static final Logger LOG = Logger.getLogger(ReviewEndpoint.class);

    private final Admission admission;
    private final ReviewMeter meter;
    private final AdmissionSettings settings;
    private final KubernetesSerialization json;
    private final ReviewReader reader;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ReviewEndpoint(
            Admission admission,
            ReviewMeter meter,
            AdmissionSettings settings,
            KubernetesSerialization json,
            CloudDomains domains) {
        this.admission = admission;
        this.meter = meter;
        this.settings = settings;
        this.json = json;
        this.reader = new ReviewReader(json, domains::of);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    /** Answers one AdmissionReview of {@code admission.k8s.io/v1}. */
    @POST
    public Response validate(String body) {
        Optional<AdmissionRequest> read;
        try {
            read = Optional.ofNullable(json.unmarshal(body, AdmissionReview.class))
                    .map(AdmissionReview::getRequest);
        } catch (KubernetesClientException | ClassCastException | IllegalArgumentException e) {
            return text(Response.Status.BAD_REQUEST, "This is no AdmissionReview: " + firstLine(e));
        }
        return read.map(this::answer)
                .orElseGet(() -> text(Response.Status.BAD_REQUEST, "This AdmissionReview has no request"));
    }

    /** Does all that a review takes, and tells nobody. */
    void rehearse(String body) {
        var request = json.unmarshal(body, AdmissionReview.class).getRequest();
        try {
            LOG.debugf("rehearsed=%s", json.asJson(review(request, decide(request))));
        } catch (Undecided e) {
            LOG.warnf("rehearsed=false cause=\"%s\"", e.getMessage());
        }
    }

    private Response answer(AdmissionRequest request) {
        var timer = meter.start();
        try {
            var decision = decide(request);
            meter.decided(timer, request, decision);
            tell(request, decision);
            return Response.ok(json.asJson(review(request, decision)), MediaType.APPLICATION_JSON)
                    .build();
        } catch (Undecided e) {
            meter.undecided(timer, request);
            LOG.warnf("allowed=undecided %s cause=\"%s\"", subject(request), e.getMessage());
            return text(Response.Status.INTERNAL_SERVER_ERROR, e.getMessage());
        }
    }

    private Decision decide(AdmissionRequest request) throws Undecided {
        var asked = read(request);
        if (asked.isEmpty()) {
            return new Decision.Allow();
        }
        var decision = threads.submit(() -> admission.decide(asked.get()));
        try {
            return decision.get(settings.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            decision.cancel(true);
            throw new Undecided("The names of this object could not be looked up within "
                    + settings.deadline().toMillis() + " ms; try again, and check the ledger (PostgreSQL) if it lasts");
        } catch (ExecutionException e) {
            throw undecided(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Undecided("The webhook is being stopped; try again");
        }
    }

    private Optional<NameRequest> read(AdmissionRequest request) throws Undecided {
        try {
            return reader.read(request);
        } catch (IllegalArgumentException e) {
            throw new Undecided("The object can't be read: " + firstLine(e));
        }
    }

    private static Undecided undecided(Throwable cause) {
        return switch (cause) {
            case LedgerUnavailable e -> new Undecided(e.getMessage() + " New names wait until then");
            case KubernetesClientException e ->
                new Undecided("Zones and namespaces can't be read: " + e.getMessage()
                        + "; check that the CRDs are there, and the webhook's roles");
            default -> {
                LOG.error("a bug in the decision on names", cause);
                yield new Undecided("The decision on names failed: " + cause + "; see the webhook's log");
            }
        };
    }

    private static AdmissionReview review(AdmissionRequest request, Decision decision) {
        var response = new AdmissionReviewBuilder()
                .withNewResponse()
                .withUid(request.getUid())
                .withAllowed(decision instanceof Decision.Allow);
        if (decision instanceof Decision.Deny deny) {
            response.withStatus(new StatusBuilder()
                    .withCode(Response.Status.FORBIDDEN.getStatusCode())
                    .withReason("Forbidden")
                    .withMessage(deny.message())
                    .build());
        }
        return response.endResponse().build();
    }

    private static void tell(AdmissionRequest request, Decision decision) {
        if (decision instanceof Decision.Deny deny) {
            LOG.infof("allowed=false %s cause=\"%s\"", subject(request), String.join(" | ", deny.reasons()));
        }
    }

    private static String subject(AdmissionRequest request) {
        return "kind=%s object=%s/%s user=%s"
                .formatted(
                        request.getKind() == null ? "" : request.getKind().getKind(),
                        request.getNamespace(),
                        request.getName(),
                        request.getUserInfo() == null
                                ? ""
                                : request.getUserInfo().getUsername());
    }

    private static String firstLine(RuntimeException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static Response text(Response.Status status, String sentence) {
        return Response.status(status)
                .type(MediaType.TEXT_PLAIN_TYPE)
                .entity(sentence)
                .build();
    }

    /** Neither yes nor no. */
    private static final class Undecided extends Exception {

        private static final long serialVersionUID = 1L;

        Undecided(String message) {
            super(message);
        }
    }
}
