package cloud.pxc.acme;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeRetryAfterException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.exception.AcmeUserActionRequiredException;

/** The one place where acme4j's exceptions are read and become ours. */
final class Failures {

    private static final String PREFIX = "urn:ietf:params:acme:error:";
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final URI directory;

    Failures(URI directory) {
        this.directory = directory;
    }

    /** A call to the CA. */
    interface Call<T> {
        T make() throws org.shredzone.acme4j.exception.AcmeException;
    }

    /** A call to the CA that brings nothing back. */
    interface Command {
        void make() throws org.shredzone.acme4j.exception.AcmeException;
    }

    /** Makes the call and tells what goes wrong in our own words. */
    void telling(Command command) {
        telling(() -> {
            command.make();
            return null;
        });
    }

    /** Makes the call and tells what goes wrong in our own words. */
    <T> T telling(Call<T> call) {
        try {
            return call.make();
        } catch (AcmeLazyLoadingException e) {
            throw translate((org.shredzone.acme4j.exception.AcmeException) e.getCause());
        } catch (AcmeProtocolException e) {
            throw notAcme(e.getMessage(), e);
        } catch (org.shredzone.acme4j.exception.AcmeException e) {
            throw translate(e);
        }
    }

    private AcmeException translate(org.shredzone.acme4j.exception.AcmeException e) {
        return switch (e) {
            case AcmeRateLimitedException limited ->
                new AcmeException.RateLimited(problem(limited.getProblem()), limited.getRetryAfter(), e);
            case AcmeUserActionRequiredException action ->
                new AcmeException.UserActionRequired(
                        problem(action.getProblem()),
                        action.getProblem().getInstance().or(action::getTermsOfServiceUri),
                        e);
            case AcmeServerException server -> told(server);
            case AcmeNetworkException network -> unreachable((IOException) network.getCause(), network);
            case AcmeRetryAfterException later ->
                new AcmeException.Unavailable(
                        directory + " asks to come back later", Optional.of(later.getRetryAfter()), e);
            default -> notAcme(e.getMessage(), e);
        };
    }

    private AcmeException unreachable(IOException cause, AcmeNetworkException e) {
        if (cause instanceof BareStatus bare) {
            return bare(bare, e);
        }
        if (badCertificate(cause)) {
            return new AcmeException.Untrusted(
                    "the TLS certificate of " + directory + " is not trusted: " + said(cause), e);
        }
        return new AcmeException.Unavailable(directory + " can't be reached: " + said(cause), Optional.empty(), e);
    }

    /** A handshake may also just be cut off, which is weather. */
    private static boolean badCertificate(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private AcmeException bare(BareStatus bare, AcmeNetworkException e) {
        if (bare.status() == NOT_FOUND || bare.status() == GONE) {
            return new AcmeException.Gone(
                    new AcmeProblem("malformed", "the CA does not know it (any more): " + bare.getMessage()), e);
        }
        if (bare.status() == TOO_MANY_REQUESTS) {
            return new AcmeException.RateLimited(
                    new AcmeProblem("rateLimited", directory + " answers with " + bare.getMessage()),
                    bare.retryAfter(),
                    e);
        }
        return bare.status() >= SERVER_ERROR
                ? new AcmeException.Unavailable(
                        directory + " is out of order: " + bare.getMessage(), bare.retryAfter(), e)
                : notAcme(bare.getMessage(), e);
    }

    AcmeException.NotAcme notAcme(String said, Exception cause) {
        return new AcmeException.NotAcme(
                directory + " does not answer as an ACME server does: " + said
                        + "; is it the URL of an ACME directory?",
                cause);
    }

    /** Some of the JDK's network exceptions say nothing but their name. */
    private static String said(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                return cause.getMessage();
            }
        }
        return e.getClass().getSimpleName();
    }

    private AcmeException told(AcmeServerException e) {
        var problem = problem(e.getProblem());
        return switch (problem.type()) {
            case "accountDoesNotExist" -> new AcmeException.AccountMissing(problem, e);
            case "externalAccountRequired" -> new AcmeException.ExternalAccountRefused(problem, e);
            case "rejectedIdentifier", "unsupportedIdentifier", "caa" -> new AcmeException.Rejected(problem, e);
            case "invalidProfile" -> new AcmeException.ProfileUnknown(problem, e);
            case "serverInternal" ->
                new AcmeException.Unavailable(
                        directory + " is out of order: " + problem.sentence(), Optional.empty(), e);
            case "badNonce" ->
                new AcmeException.Unavailable(
                        directory + " refuses every nonce: " + problem.sentence(), Optional.empty(), e);
            case "unauthorized" -> new AcmeException.Unauthorized(problem, e);
            default ->
                status(e.getProblem()) == NOT_FOUND
                        ? new AcmeException.Gone(problem, e)
                        : new AcmeException.Refused(problem, e);
        };
    }

    private static int status(Problem problem) {
        return problem.asJSON()
                .get("status")
                .map(org.shredzone.acme4j.toolbox.JSON.Value::asInt)
                .orElse(0);
    }

    static AcmeProblem problem(Problem problem) {
        var type = problem.getType().toString();
        return new AcmeProblem(
                type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type,
                problem.getDetail().or(problem::getTitle).orElse(""),
                parts(problem));
    }

    private static List<AcmeProblem> parts(Problem problem) {
        return problem.getSubProblems().stream()
                .map(part -> {
                    var plain = problem(part);
                    return part.getIdentifier()
                            .map(identifier -> new AcmeProblem(
                                    plain.type(), identifier.getDomain() + ": " + plain.detail(), plain.parts()))
                            .orElse(plain);
                })
                .toList();
    }
}
