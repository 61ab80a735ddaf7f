package cloud.pxc.operator.issuer;

import cloud.pxc.acme.AccountState;
import cloud.pxc.acme.Directory;
import cloud.pxc.acme.Registration;
import cloud.pxc.crds.issuer.AcmeIssuerSpec;
import cloud.pxc.operator.status.Verdict;
import java.util.Optional;
import java.util.TreeSet;

/** Decides what an issuer lacks. Pure. */
final class IssuerPlanner {

    private IssuerPlanner() {}

    static IssuerStep plan(String name, AcmeIssuerSpec spec, IssuerFacts facts) {
        if (!facts.problems().isEmpty()) {
            return new IssuerStep.Refuse(new Verdict.Failing(
                    IssuerReason.SecretInvalid, "AcmeIssuer " + name + ": " + String.join("; ", facts.problems())));
        }
        var directory = facts.directory().orElseThrow();
        return refusal(name, spec, facts, directory)
                .<IssuerStep>map(IssuerStep.Refuse::new)
                .orElseGet(() -> next(spec, facts, directory));
    }

    private static IssuerStep next(AcmeIssuerSpec spec, IssuerFacts facts, Directory directory) {
        if (!facts.keyPresent()) {
            return new IssuerStep.CreateKey();
        }
        if (facts.account().isEmpty()) {
            return new IssuerStep.Register(
                    new Registration(Optional.ofNullable(spec.email()), true, facts.externalAccount()));
        }
        var account = facts.account().get();
        return emailDiffers(spec, account)
                ? new IssuerStep.UpdateEmail(spec.email())
                : new IssuerStep.Settled(account, directory);
    }

    private static Optional<Verdict> refusal(String name, AcmeIssuerSpec spec, IssuerFacts facts, Directory directory) {
        var who = "AcmeIssuer " + name + ": ";
        if (spec.profile() != null && !directory.profiles().containsKey(spec.profile())) {
            var offered = directory.profiles().isEmpty()
                    ? "offers no profiles; leave spec.profile out"
                    : "offers "
                            + String.join(
                                    ", ", new TreeSet<>(directory.profiles().keySet()))
                            + "; set spec.profile to one of those, or leave it out";
            return Optional.of(new Verdict.Stalled(
                    IssuerReason.ProfileUnknown, who + "the CA has no profile " + spec.profile() + ", it " + offered));
        }
        if (facts.account().isEmpty()
                && directory.externalAccountRequired()
                && facts.externalAccount().isEmpty()) {
            return Optional.of(new Verdict.Stalled(
                    IssuerReason.ExternalAccountRefused,
                    who + spec.server() + " takes only accounts it knows already; set spec.externalAccountBinding to"
                            + " the key id and the Secret with the MAC key (key hmacKey) that the CA gave out"));
        }
        if (facts.account().filter(account -> !account.usable()).isPresent()) {
            return Optional.of(new Verdict.Stalled(
                    IssuerReason.AccountClosed,
                    who + "the CA has closed account " + facts.account().get().url()
                            + "; delete the Secret of its key to register a new one"));
        }
        return Optional.empty();
    }

    /** Some CAs keep contacts to themselves: then there is nothing to compare with. */
    private static boolean emailDiffers(AcmeIssuerSpec spec, AccountState account) {
        return spec.email() != null
                && !account.contacts().isEmpty()
                && !account.contacts().contains("mailto:" + spec.email());
    }
}
