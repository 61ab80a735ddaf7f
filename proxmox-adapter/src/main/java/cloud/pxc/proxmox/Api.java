package cloud.pxc.proxmox;

import cloud.pxc.proxmox.Outcome.Answered;
import cloud.pxc.proxmox.Outcome.Lost;
import cloud.pxc.proxmox.Outcome.Unreached;
import cloud.pxc.proxmox.Outcome.Untrusted;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Calls that are answered by some endpoint, or fail as a {@link ProxmoxException}.
 *
 * <p>The next endpoint is asked only when the one before surely did not carry the call out: it was not reached, or the call
 * changes nothing. What one node says about another ("595 No route to host") is an answer.
 */
final class Api implements AutoCloseable {

    private final Endpoints endpoints;
    private final Transport transport;
    private final Failures failures;
    private final CallListener listener;

    private Api(Endpoints endpoints, Transport transport, Failures failures, CallListener listener) {
        this.endpoints = endpoints;
        this.transport = transport;
        this.failures = failures;
        this.listener = listener;
    }

    /** @throws IllegalArgumentException with a sentence when the connection could never work */
    static Api of(Connection connection, Clock clock, CallListener listener) {
        var token = Credentials.checked(connection.token());
        var timeouts = connection.timeouts();
        return new Api(
                new Endpoints(connection.endpoints(), clock, timeouts.avoid()),
                new Transport(token, Recognition.by(connection.trust()), timeouts),
                new Failures(token),
                listener);
    }

    /** A whole list answer: with {@code limit}, {@code total} is more than there is in {@code data}. */
    record Listing(JsonNode data, long total) {}

    /** The {@code data} of an answer to a call that changes nothing. */
    JsonNode get(ApiCall call) {
        return list(call).data();
    }

    /** The {@code data} of an answer to a call that changes something. */
    JsonNode change(ApiCall call) {
        return list(call).data();
    }

    /** The task that a change is carried out by. */
    Upid start(ApiCall call) {
        var data = change(call);
        return Answers.task(data).orElseThrow(() -> failures.notATask(call, data.toString()));
    }

    /** The {@code data} of the first answer that suits, of any where none does; an endpoint whose answer did not is avoided. */
    JsonNode get(ApiCall call, Predicate<JsonNode> suits) {
        return list(call, listing -> suits.test(listing.data())).data();
    }

    Listing list(ApiCall call) {
        return list(call, any -> true);
    }

    private Listing list(ApiCall call, Predicate<Listing> suits) {
        var begun = System.nanoTime();
        try {
            var listing = answered(call, suits);
            listener.ended(call.kind(), Duration.ofNanos(System.nanoTime() - begun), Optional.empty());
            return listing;
        } catch (ProxmoxException e) {
            listener.ended(call.kind(), Duration.ofNanos(System.nanoTime() - begun), Optional.of(e));
            throw e;
        }
    }

    private Listing answered(ApiCall call, Predicate<Listing> suits) {
        var said = new LinkedHashMap<URI, Outcome>();
        var spare = Optional.<Listing>empty();
        for (var endpoint : endpoints.inTurn()) {
            if (spare.isPresent() && endpoints.isAvoided(endpoint)) {
                break; // not worth waiting for
            }
            var outcome = transport.send(call, endpoint);
            switch (outcome) {
                case Answered answer -> {
                    endpoints.answered(endpoint);
                    if (!anotherMayDoBetter(call, answer)) {
                        var listing = read(call, endpoint, answer);
                        if (suits.test(listing)) {
                            return listing;
                        }
                        endpoints.avoid(endpoint);
                        spare = spare.or(() -> Optional.of(listing));
                    }
                }
                case Unreached unreached -> endpoints.avoid(endpoint);
                case Untrusted untrusted -> endpoints.avoid(endpoint);
                case Lost lost -> {
                    if (!call.method().changesNothing()) {
                        throw failures.lost(call, endpoint, lost);
                    }
                    endpoints.avoid(endpoint);
                }
            }
            said.put(endpoint, outcome);
        }
        return spare.orElseThrow(() -> failures.nowhere(call, said));
    }

    Failures failures() {
        return failures;
    }

    @Override
    public void close() {
        transport.close();
    }

    /** Not done here, because of this very node: its own daemon is down, or it is in the smaller part of a split cluster. */
    private boolean anotherMayDoBetter(ApiCall call, Answered answer) {
        return !call.isForOneNode() && Failures.isThisNodesOwn(answer);
    }

    private Listing read(ApiCall call, URI endpoint, Answered answer) {
        if (answer.status() < 200 || answer.status() > 299) {
            throw failures.ofAnswer(call, endpoint, answer);
        }
        var body = Answers.json(answer.body());
        if (body.isEmpty() || !body.get().has("data")) {
            throw failures.notProxmox(call, endpoint);
        }
        return new Listing(body.get().get("data"), body.get().path("total").asLong(-1));
    }
}
