package cloud.pxc.crds.ingress;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import java.net.IDN;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names an Ingress asks for: the hosts of its rules, and those of the annotation that external-dns reads. Hosts of its
 * {@code tls} block alone ask for no name.
 *
 * @param off whether its owner said to leave its names alone
 * @param names in lower case, A-labels (RFC 5890), without a dot at the end; none for one with a default backend only
 * @param problems hosts that are no domain names, a sentence each
 */
public record IngressHosts(boolean off, Set<String> names, List<String> problems) {

    /** Annotation: {@code off} leaves the names of the Ingress alone; anything else is the operator's report. */
    public static final String DNS = "pxc.cloud/dns";

    private static final String HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";
    private static final int MAX_NAME = 253;
    private static final Pattern NAME = Pattern.compile(
            "([*][.])?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?[.])*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");

    public IngressHosts {
        names = Set.copyOf(names);
        problems = List.copyOf(problems);
    }

    public static IngressHosts of(Ingress ingress) {
        var annotations = annotations(ingress);
        if ("off".equals(annotations.get(DNS))) {
            return new IngressHosts(true, Set.of(), List.of());
        }
        var names = new LinkedHashSet<String>();
        var problems = new ArrayList<String>();
        written(ingress, annotations).forEach(host -> {
            var name = normal(host);
            if (name.length() <= MAX_NAME && NAME.matcher(name).matches()) {
                names.add(name);
            } else {
                problems.add(
                        "\"" + host + "\" is no domain name; labels are letters, digits, - and _, without - at their "
                                + "ends, of 63 characters at most, 253 in all; * may be the whole first label only");
            }
        });
        return new IngressHosts(false, names, problems);
    }

    private static Map<String, String> annotations(Ingress ingress) {
        return ingress.getMetadata() == null || ingress.getMetadata().getAnnotations() == null
                ? Map.of()
                : ingress.getMetadata().getAnnotations();
    }

    private static Stream<String> written(Ingress ingress, Map<String, String> annotations) {
        var rules = ingress.getSpec() == null || ingress.getSpec().getRules() == null
                ? List.<IngressRule>of()
                : ingress.getSpec().getRules();
        var named =
                Optional.ofNullable(annotations.get(HOSTNAME)).stream().flatMap(text -> Arrays.stream(text.split(",")));
        return Stream.concat(rules.stream().filter(Objects::nonNull).map(IngressRule::getHost), named)
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(host -> !host.isEmpty());
    }

    private static String normal(String host) {
        var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        try {
            return name.chars().allMatch(character -> character < 128)
                    ? name.toLowerCase(Locale.ROOT)
                    : IDN.toASCII(name).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            // It has no A-labels, and so is told as no domain name.
            return name;
        }
    }
}
