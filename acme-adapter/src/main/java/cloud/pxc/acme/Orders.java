package cloud.pxc.acme;

import java.net.URI;
import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeServerException;

/** Reads orders and their authorizations into {@link OrderState}. */
final class Orders {

    private final Login login;
    private final Failures failures;

    Orders(Login login, Failures failures) {
        this.login = login;
        this.failures = failures;
    }

    OrderState open(OrderRequest request) {
        var profiles = failures.telling(() -> login.getSession().getMetadata().getProfiles());
        request.profile()
                .filter(profile -> !profiles.contains(profile))
                .ifPresent(profile -> refuse(profile, profiles));
        var replaced = request.replaces().filter(chain -> offersRenewalInfo());
        if (replaced.isPresent()) {
            try {
                return opened(request, replaced);
            } catch (AcmeException refusal) {
                if (!mayBeForTheCertificate(refusal)) {
                    throw refusal;
                }
                // Told again below, without the certificate, where the fault was another.
                return opened(request, Optional.empty());
            }
        }
        return opened(request, Optional.empty());
    }

    /** There are CAs that call it an error of their own when they don't find what is to be replaced; Pebble is one. */
    private static boolean mayBeForTheCertificate(AcmeException refusal) {
        return switch (refusal) {
            case AcmeException.Gone gone -> true;
            case AcmeException.Refused refused -> true;
            case AcmeException.Unauthorized unauthorized -> true;
            case AcmeException.Unavailable unavailable -> unavailable.getCause() instanceof AcmeServerException;
            default -> false;
        };
    }

    private OrderState opened(OrderRequest request, Optional<CertificateChain> replaced) {
        return failures.telling(() -> {
            var builder = login.newOrder().domains(request.dnsNames());
            request.profile().ifPresent(builder::profile);
            replaced.ifPresent(chain -> builder.replaces(chain.leaf()));
            return state(builder.create(), Optional.empty());
        });
    }

    private static void refuse(String profile, java.util.Set<String> profiles) {
        var offered = profiles.isEmpty() ? "no profiles" : String.join(", ", new java.util.TreeSet<>(profiles));
        throw new AcmeException.ProfileUnknown(
                new AcmeProblem("invalidProfile", "the CA has no profile " + profile + ", it offers " + offered), null);
    }

    OrderState look(URI url) {
        return failures.telling(() -> {
            var order = login.bindOrder(AcmeClient.url(url));
            return state(order, order.fetch());
        });
    }

    private OrderState state(Order order, Optional<Instant> retryAfter) {
        var url = uri(order.getLocation());
        return switch (order.getStatus()) {
            case READY -> new OrderState.Ready(url);
            case PROCESSING -> new OrderState.Processing(url, retryAfter);
            case VALID -> new OrderState.Valid(url, uri(order.getCertificate().getLocation()));
            case PENDING -> pending(order, retryAfter);
            default -> new OrderState.Invalid(url, whyInvalid(order, order.getAuthorizations()));
        };
    }

    private OrderState pending(Order order, Optional<Instant> retryAfter) {
        var url = uri(order.getLocation());
        var authorizations = order.getAuthorizations();
        var challenges = new ArrayList<Dns01Challenge>();
        for (var authorization : authorizations) {
            switch (authorization.getStatus()) {
                case PENDING, PROCESSING, VALID -> challenge(authorization).ifPresent(challenges::add);
                default -> {
                    return new OrderState.Invalid(url, whyInvalid(order, authorizations));
                }
            }
        }
        if (challenges.size() < authorizations.size()) {
            return new OrderState.Invalid(
                    url, new AcmeProblem("unsupported", "the CA offers no dns-01 challenge for one of the names"));
        }
        var latest = Stream.concat(
                        retryAfter.stream(),
                        authorizations.stream().flatMap(authorization -> authorization.getRetryAfter().stream()))
                .max(Instant::compareTo);
        return new OrderState.Pending(url, challenges, order.getExpires(), latest);
    }

    private static Optional<Dns01Challenge> challenge(Authorization authorization) {
        return authorization
                .findChallenge(org.shredzone.acme4j.challenge.Dns01Challenge.class)
                .map(challenge -> {
                    var name = authorization.getIdentifier().getDomain();
                    var recordName = org.shredzone.acme4j.challenge.Dns01Challenge.toRRName(name);
                    return new Dns01Challenge(
                            uri(challenge.getLocation()),
                            name,
                            recordName.substring(0, recordName.length() - 1),
                            challenge.getDigest(),
                            progress(authorization.getStatus(), challenge.getStatus()));
                });
    }

    private static Dns01Challenge.Progress progress(Status authorization, Status challenge) {
        if (authorization == Status.VALID) {
            return Dns01Challenge.Progress.PROVEN;
        }
        return challenge == Status.PENDING ? Dns01Challenge.Progress.TO_TRIGGER : Dns01Challenge.Progress.CHECKING;
    }

    /** The order's own error, where it has one, and that of every challenge that failed. */
    private static AcmeProblem whyInvalid(Order order, List<Authorization> authorizations) {
        var parts = new ArrayList<AcmeProblem>();
        for (var authorization : authorizations) {
            var name = authorization.getIdentifier().getDomain();
            authorization.getChallenges().stream()
                    .flatMap(challenge -> challenge.getError().stream())
                    .map(Failures::problem)
                    .forEach(problem -> parts.add(
                            new AcmeProblem(problem.type(), name + ": " + problem.detail(), problem.parts())));
        }
        var own = order.getError().map(Failures::problem);
        if (own.isEmpty() && parts.size() == 1) {
            return parts.getFirst();
        }
        return own.map(problem -> new AcmeProblem(problem.type(), problem.detail(), parts))
                .orElseGet(() -> parts.isEmpty()
                        ? new AcmeProblem("expired", "the order ran out before all of its names were proven")
                        : new AcmeProblem("compound", "the CA could not prove all names", parts));
    }

    Optional<RenewalWindow> renewalWindow(CertificateChain chain) {
        if (!offersRenewalInfo()) {
            return Optional.empty();
        }
        return failures.telling(() -> {
            var info = login.bindRenewalInfo(chain.leaf());
            var askAgain = info.fetch();
            return Optional.of(new RenewalWindow(
                    info.getSuggestedWindowStart(),
                    info.getSuggestedWindowEnd(),
                    info.getExplanation().map(Orders::uri),
                    askAgain));
        });
    }

    private boolean offersRenewalInfo() {
        return failures.telling(() ->
                login.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent());
    }

    private static URI uri(URL url) {
        return URI.create(url.toString());
    }
}
