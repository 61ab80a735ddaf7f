package cloud.pxc.admission.serving;

import cloud.pxc.admission.serving.Authority.Leaf;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the replicas share.
 *
 * @param current the authority that the certificate in use is of
 * @param next the authority that takes over: known in the bundle from when the current one began
 * @param former authorities that were in use before, until they end
 * @param leaf the certificate in use
 */
record Identity(Authority current, Authority next, List<X509Certificate> former, Leaf leaf) {

    /** From an authority's making: one rotation known beforehand, one in use, one to spare. */
    private static final int LIVES = 3;

    private static final List<String> KEYS = List.of("tls.crt", "tls.key", "ca.crt", "ca.key", "next-ca.key");
    private static final int NAME_IS_DNS = 2;
    private static final int NAME_IS_ADDRESS = 7;

    Identity {
        former = List.copyOf(former);
    }

    static Identity make(Set<String> hosts, Instant now, Duration rotation) {
        var current = authority(now, rotation);
        return new Identity(current, authority(now, rotation), List.of(), current.issue(hosts, now));
    }

    /** The next authority takes over, and one after it is made known. */
    Identity promote(Set<String> hosts, Instant now, Duration rotation) {
        var known = Stream.concat(Stream.of(current.certificate()), former.stream())
                .filter(each -> each.getNotAfter().toInstant().isAfter(now))
                .toList();
        return new Identity(next, authority(now, rotation), known, next.issue(hosts, now));
    }

    /** Another certificate of the same authority. */
    Identity reissue(Set<String> hosts, Instant now) {
        return new Identity(current, next, former, current.issue(hosts, now));
    }

    /** PEM of every authority whose certificates are, were or will be in use. */
    String bundle() {
        return Pem.write(authorities());
    }

    /** Host names and addresses the certificate in use is for. */
    Set<String> hosts() {
        try {
            var names = leaf.certificate().getSubjectAlternativeNames();
            return names == null
                    ? Set.of()
                    : names.stream()
                            .filter(name -> name.get(0).equals(NAME_IS_DNS)
                                    || name.get(0).equals(NAME_IS_ADDRESS))
                            .map(name -> Authority.canonical(name.get(1).toString()))
                            .collect(Collectors.toCollection(TreeSet::new));
        } catch (CertificateParsingException e) {
            return Set.of();
        }
    }

    /** The form of the Secret. */
    Map<String, String> toData() {
        var data = new LinkedHashMap<String, String>();
        data.put("tls.crt", Pem.write(leaf.certificate()));
        data.put("tls.key", Pem.write(leaf.key()));
        data.put("ca.crt", bundle());
        data.put("ca.key", Pem.write(current.key()));
        data.put("next-ca.key", Pem.write(next.key()));
        return data;
    }

    /** @throws GeneralSecurityException if it is not what {@link #toData} makes: something is missing, or does not belong together */
    static Identity fromData(Map<String, String> data) throws GeneralSecurityException {
        for (var key : KEYS) {
            if (!data.containsKey(key)) {
                throw new InvalidKeyException(key + " is missing");
            }
        }
        var authorities = Pem.certificates(data.get("ca.crt"));
        var leaf = Pem.certificates(data.get("tls.crt"));
        if (authorities.size() < 2 || leaf.size() != 1) {
            throw new CertificateException("ca.crt has to hold two authorities or more, and tls.crt one certificate");
        }
        leaf.getFirst().verify(authorities.getFirst().getPublicKey());
        return new Identity(
                new Authority(authorities.get(0), Pem.key(data.get("ca.key"), authorities.get(0))),
                new Authority(authorities.get(1), Pem.key(data.get("next-ca.key"), authorities.get(1))),
                authorities.subList(2, authorities.size()),
                new Leaf(leaf.getFirst(), Pem.key(data.get("tls.key"), leaf.getFirst())));
    }

    private Collection<X509Certificate> authorities() {
        var all = new ArrayList<X509Certificate>();
        all.add(current.certificate());
        all.add(next.certificate());
        all.addAll(former);
        return all;
    }

    private static Authority authority(Instant now, Duration rotation) {
        return Authority.make(now, rotation.multipliedBy(LIVES));
    }
}
