package cloud.pxc.admission.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final Duration ROTATION = Duration.ofDays(30);
    private static final Set<String> HOSTS = Set.of("webhook.pxc-system.svc", "127.0.0.1");
    private static final Instant BEGIN = Instant.parse("2026-11-24T12:00:00Z");

    private final Identity first = Identity.make(HOSTS, BEGIN, ROTATION);

    @Test
    void oneIsMadeWhereThereIsNone() {
        var made = ((Turn.Replace) turn(Optional.empty(), Optional.empty(), BEGIN)).by();

        assertThat(made.hosts()).isEqualTo(HOSTS);
    }

    @Test
    void overYearsEveryAuthorityIsKnownLongBeforeItIsUsedAndNoneIsUsedToItsEnd() throws Exception {
        var knownSince = new HashMap<X509Certificate, Instant>();
        var identity = first;
        var turns = 0;
        for (var now = BEGIN; now.isBefore(BEGIN.plus(Duration.ofDays(1000))); now = now.plus(Duration.ofHours(7))) {
            if (turn(Optional.of(identity), Optional.of(identity), now) instanceof Turn.Replace(var by, var why)) {
                assertThat(why).isEqualTo("it is time");
                assertThat(Pem.certificates(by.bundle()))
                        .contains(identity.current().certificate());
                assertThat(Pem.certificates(by.bundle()))
                        .contains(identity.next().certificate());
                assertThat(knownSince.get(by.current().certificate())).isBefore(now.minus(Duration.ofDays(29)));
                identity = by;
                turns++;
            }
            for (var authority : Pem.certificates(identity.bundle())) {
                knownSince.putIfAbsent(authority, now);
                assertThat(authority.getNotAfter().toInstant()).isAfter(now.minus(ROTATION));
            }
            identity.leaf()
                    .certificate()
                    .verify(identity.current().certificate().getPublicKey());
            assertThat(identity.leaf().certificate().getNotAfter().toInstant()).isAfter(now.plus(Duration.ofDays(28)));
        }
        assertThat(turns).isBetween(32, 34);
    }

    @Test
    void afterALongPauseItIsMadeAnew() {
        var late = BEGIN.plus(Duration.ofDays(91));

        assertThat(turn(Optional.of(first), Optional.empty(), late))
                .isInstanceOfSatisfying(Turn.Replace.class, replace -> {
                    assertThat(replace.why()).isEqualTo("it has expired");
                    assertThat(replace.by().current()).isNotEqualTo(first.next());
                });
    }

    @Test
    void aSecretThatWasLostIsPutBackAsItWas() {
        assertThat(turn(Optional.empty(), Optional.of(first), BEGIN))
                .isEqualTo(new Turn.Replace(first, "the Secret was lost"));
    }

    @Test
    void aHostIsAddedUnderTheSameAuthorityAndTheOthersStay() {
        var turn = Turn.of(Optional.of(first), Optional.of(first), Set.of("::1", "new.example.org"), BEGIN, ROTATION);

        var by = ((Turn.Replace) turn).by();
        assertThat(by.hosts()).containsAll(HOSTS).contains("new.example.org").hasSize(4);
        assertThat(by.current()).isEqualTo(first.current());
        assertThat(Turn.of(Optional.of(by), Optional.of(by), Set.of("::1", "new.example.org"), BEGIN, ROTATION))
                .isEqualTo(new Turn.Keep(by));
    }

    @Test
    void aShorterOrLongerRotationNeverLeavesItWithoutACertificate() {
        for (var other : new Duration[] {Duration.ofDays(3), Duration.ofDays(300)}) {
            var identity = first;
            for (var now = BEGIN; now.isBefore(BEGIN.plus(Duration.ofDays(400))); now = now.plus(Duration.ofHours(7))) {
                if (Turn.of(Optional.of(identity), Optional.of(identity), HOSTS, now, other)
                        instanceof Turn.Replace(var by, var why)) {
                    assertThat(why).isEqualTo("it is time");
                    identity = by;
                }
            }
        }
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        assertThat(Identity.fromData(first.toData())).isEqualTo(first);
    }

    @Test
    void whatIsNotOursOrBrokenIsNotRead() {
        var other = Identity.make(HOSTS, BEGIN, ROTATION).toData();
        for (var key : first.toData().keySet()) {
            assertThatThrownBy(() -> Identity.fromData(without(key))).hasMessage(key + " is missing");
            assertThatThrownBy(() -> Identity.fromData(with(key, "garbage")))
                    .as(key)
                    .isInstanceOf(GeneralSecurityException.class);
            assertThatThrownBy(() -> Identity.fromData(with(key, other.get(key))))
                    .as(key)
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    private Map<String, String> without(String key) {
        var data = new HashMap<>(first.toData());
        data.remove(key);
        return data;
    }

    private Map<String, String> with(String key, String value) {
        var data = new HashMap<>(first.toData());
        data.put(key, value);
        return data;
    }

    private static Turn turn(Optional<Identity> shared, Optional<Identity> inUse, Instant now) {
        return Turn.of(shared, inUse, HOSTS, now, ROTATION);
    }
}
