package cloud.pxc.operator.certificate;

import cloud.pxc.acme.Dns01Challenge;
import cloud.pxc.acme.OrderState;
import cloud.pxc.operator.status.Verdict;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has to be done next for a Certificate. After each but the last four, it is looked at anew. */
sealed interface Step {

    /** Keep a key for the next certificate: a new one, or the one in use. */
    record KeepKey(boolean reuse) implements Step {}

    /** Let go of a key that was kept for another purpose, and of the order with it. */
    record DiscardKey() implements Step {}

    /** Open an order and write its URL to the status. */
    record OpenOrder() implements Step {}

    /** Have the challenge records answered. */
    record Publish(Map<String, List<String>> records) implements Step {}

    /** Tell the CA that they are. */
    record Trigger(List<Dns01Challenge> challenges) implements Step {}

    /** Hand the certificate request in. */
    record Finish(URI order) implements Step {}

    /** Download the certificate and write it to the Secret, with its key. */
    record Store(OrderState.Valid order) implements Step {}

    /** Take away what was needed for issuing only. */
    record Tidy() implements Step {}

    /** Give this order up; another is opened after a while. */
    record GiveUp(Verdict verdict) implements Step {}

    /** Look again at that time, or when something is heard. */
    record Wait(Instant until, Verdict verdict) implements Step {}

    /** Do nothing until then, after a failure that has been told already. */
    record HoldOff(Instant until) implements Step {}

    /** Nothing is to be done before the renewal time. */
    record Rest(Optional<Instant> renewalTime) implements Step {}

    /** A person has to change something. */
    record Refuse(Verdict verdict) implements Step {}
}
