package cloud.pxc.operator.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.acme.AccountState;
import cloud.pxc.acme.Directory;
import cloud.pxc.acme.ExternalAccount;
import cloud.pxc.acme.Registration;
import cloud.pxc.crds.issuer.AcmeIssuerSpec;
import cloud.pxc.operator.status.Verdict;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IssuerPlannerTest {

    private static final URI ACCOUNT = URI.create("https://ca.example.org/acct/1");
    private static final Directory OPEN = new Directory(Optional.empty(), false, Map.of("default", "90 days"), true);
    private static final Directory CLOSED = new Directory(Optional.empty(), true, Map.of(), true);
    private static final ExternalAccount EXTERNAL =
            new ExternalAccount("kid-1", "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W");

    @Test
    void theKeyIsMadeBeforeTheCaHearsOfIt() {
        assertThat(plan(spec(null, null), facts(OPEN, false, Optional.empty()))).isEqualTo(new IssuerStep.CreateKey());
    }

    @Test
    void aKeyWithoutAnAccountIsRegistered() {
        assertThat(plan(spec("ops@example.org", null), facts(OPEN, true, Optional.empty())))
                .isEqualTo(new IssuerStep.Register(
                        new Registration(Optional.of("ops@example.org"), true, Optional.empty())));
    }

    @Test
    void anAccountThatMayOrderIsSettled() {
        var account = new AccountState(ACCOUNT, true, List.of("mailto:ops@example.org"));

        assertThat(plan(spec("ops@example.org", "default"), facts(OPEN, true, Optional.of(account))))
                .isEqualTo(new IssuerStep.Settled(account, OPEN));
    }

    @Test
    void anotherAddressIsToldToTheCaUnlessItKeepsContactsToItself() {
        var known = new AccountState(ACCOUNT, true, List.of("mailto:old@example.org"));
        var hidden = new AccountState(ACCOUNT, true, List.of());

        assertThat(plan(spec("new@example.org", null), facts(OPEN, true, Optional.of(known))))
                .isEqualTo(new IssuerStep.UpdateEmail("new@example.org"));
        assertThat(plan(spec("new@example.org", null), facts(OPEN, true, Optional.of(hidden))))
                .isInstanceOf(IssuerStep.Settled.class);
    }

    @Test
    void aCaThatWantsAnExternalAccountIsNotBotheredWithoutOne() {
        var verdict = refused(plan(spec(null, null), facts(CLOSED, false, Optional.empty())));

        assertThat(verdict.reason()).isEqualTo(IssuerReason.ExternalAccountRefused);
        assertThat(verdict.message()).contains("set spec.externalAccountBinding");
    }

    @Test
    void anExternalAccountIsHandedOver() {
        var facts = new IssuerFacts(List.of(), Optional.of(EXTERNAL), true, Optional.of(CLOSED), Optional.empty());

        assertThat(plan(spec(null, null), facts))
                .isEqualTo(new IssuerStep.Register(new Registration(Optional.empty(), true, Optional.of(EXTERNAL))));
    }

    @Test
    void anUnknownProfileIsToldWithThoseThereAre() {
        var verdict = refused(plan(spec(null, "golden"), facts(OPEN, true, Optional.empty())));

        assertThat(verdict)
                .isInstanceOf(Verdict.Stalled.class)
                .extracting(Verdict::message)
                .asString()
                .contains("has no profile golden, it offers default; set spec.profile");
    }

    @Test
    void aClosedAccountIsToldWithItsRemedy() {
        var closed = new AccountState(ACCOUNT, false, List.of());

        assertThat(refused(plan(spec(null, null), facts(OPEN, true, Optional.of(closed))))
                        .message())
                .contains(ACCOUNT.toString(), "delete the Secret of its key");
    }

    @Test
    void allProblemsWithSecretsAreToldAtOnce() {
        var verdict = refused(plan(spec(null, null), IssuerFacts.broken(List.of("first", "second"))));

        assertThat(verdict.message()).isEqualTo("AcmeIssuer letsencrypt: first; second");
    }

    private static Verdict refused(IssuerStep step) {
        assertThat(step).isInstanceOf(IssuerStep.Refuse.class);
        return ((IssuerStep.Refuse) step).verdict();
    }

    private static IssuerStep plan(AcmeIssuerSpec spec, IssuerFacts facts) {
        return IssuerPlanner.plan("letsencrypt", spec, facts);
    }

    private static IssuerFacts facts(Directory directory, boolean key, Optional<AccountState> account) {
        return new IssuerFacts(List.of(), Optional.empty(), key, Optional.of(directory), account);
    }

    private static AcmeIssuerSpec spec(String email, String profile) {
        return new AcmeIssuerSpec("https://ca.example.org/dir", email, null, null, profile, null, null);
    }
}
