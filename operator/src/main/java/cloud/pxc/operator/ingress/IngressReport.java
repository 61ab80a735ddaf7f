package cloud.pxc.operator.ingress;

import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.names.Wish;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is told of an Ingress.
 *
 * @param annotation value of {@code pxc.cloud/dns}; none where it wants no names
 * @param event reason and message of an event to be told once the annotation changes
 */
record IngressReport(Optional<String> annotation, Optional<Event> event) {

    record Event(boolean warning, String reason, String message) {}

    static final IngressReport NOTHING = new IngressReport(Optional.empty(), Optional.empty());

    /** @param troubles sentences about names that the Ingress does not get, or gets not pointed */
    static IngressReport of(List<Wish> wishes, List<String> troubles, Publication publication) {
        if (!troubles.isEmpty()) {
            var message = String.join("; ", troubles);
            return warning("refused " + message, "NameRefused", message);
        }
        if (wishes.isEmpty()) {
            return NOTHING;
        }
        return switch (publication) {
            case Publication.Live live -> live(wishes, live);
            case Publication.Pending(var message) ->
                new IngressReport(Optional.of("pending " + message), Optional.empty());
            case Publication.Refused(var message) -> warning("refused " + message, "NameRefused", message);
            case Publication.Failing(var cause, var message) -> warning("failing " + message, "NameFailing", message);
        };
    }

    private static IngressReport live(List<Wish> wishes, Publication.Live live) {
        var names = wishes.stream().map(wish -> wish.name().text()).distinct().collect(Collectors.joining(", "));
        var targets = wishes.stream()
                .flatMap(wish -> wish.values().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        var several = wishes.stream().map(Wish::name).distinct().count() > 1;
        return new IngressReport(
                Optional.of("live " + names + " → " + targets + " (" + live.servers() + " of " + live.servers()
                        + " servers)"),
                Optional.of(new Event(
                        false,
                        "NameLive",
                        names + (several ? " answer " : " answers ") + targets + " on all " + live.servers()
                                + " name servers after " + live.after().toMillis() + " ms")));
    }

    private static IngressReport warning(String annotation, String reason, String message) {
        return new IngressReport(Optional.of(annotation), Optional.of(new Event(true, reason, message)));
    }
}
