package cloud.pxc.acme;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.Connection;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;
import org.shredzone.acme4j.toolbox.JSON;

/**
 * How acme4j reaches one server: over one HTTP client with its own trust, so that connections are kept and nothing in the JVM is
 * shared with other servers; acme4j by itself makes a client for every request.
 */
final class Transport extends GenericAcmeProvider {

    /** How long a directory is believed that comes without caching headers; each use would fetch it anew otherwise. */
    private static final Duration DIRECTORY_LIFE = Duration.ofMinutes(10);

    private final HttpClient http;
    private final Clock clock;

    Transport(AcmeServer server, Clock clock) {
        this.clock = clock;
        var builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(server.timeout())
                .proxy(ProxySelector.getDefault());
        server.trustedCa().map(Trust::only).ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    @Override
    public Connection connect(URI serverUri, NetworkSettings settings) {
        return new Exchange(createHttpConnector(settings));
    }

    @Override
    protected HttpConnector createHttpConnector(NetworkSettings settings) {
        return new HttpConnector(settings) {
            @Override
            public HttpClient.Builder createClientBuilder() {
                return new Same(http);
            }
        };
    }

    @Override
    public JSON directory(Session session, URI serverUri) throws AcmeException {
        var directory = super.directory(session, serverUri);
        if (session.getDirectoryExpires() == null) {
            session.setDirectoryExpires(ZonedDateTime.now(clock).plus(DIRECTORY_LIFE));
        }
        return directory;
    }

    /** One request; an error that is not told in ACME's way comes out as {@link BareStatus}. */
    private static final class Exchange extends DefaultConnection {

        private static final int FIRST_ERROR = 400;

        Exchange(HttpConnector connector) {
            super(connector);
        }

        @Override
        protected void sendRequest(Session session, URL url, Consumer<HttpRequest.Builder> body) throws IOException {
            try {
                super.sendRequest(session, url, body);
            } catch (IOException e) {
                if (e.getCause() instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                throw e;
            }
            var status = lastResponse.statusCode();
            var told = lastResponse
                    .headers()
                    .firstValue("Content-Type")
                    .filter(type -> type.startsWith("application/problem+json"))
                    .isPresent();
            if (!told && status >= FIRST_ERROR) {
                throw new BareStatus(status, getRetryAfter());
            }
        }
    }

    /** A builder that builds what is there already. */
    private record Same(HttpClient client) implements HttpClient.Builder {

        @Override
        public HttpClient build() {
            return client;
        }

        @Override
        public HttpClient.Builder cookieHandler(CookieHandler cookieHandler) {
            return this;
        }

        @Override
        public HttpClient.Builder connectTimeout(Duration duration) {
            return this;
        }

        @Override
        public HttpClient.Builder sslContext(SSLContext sslContext) {
            return this;
        }

        @Override
        public HttpClient.Builder sslParameters(SSLParameters sslParameters) {
            return this;
        }

        @Override
        public HttpClient.Builder executor(Executor executor) {
            return this;
        }

        @Override
        public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
            return this;
        }

        @Override
        public HttpClient.Builder version(HttpClient.Version version) {
            return this;
        }

        @Override
        public HttpClient.Builder priority(int priority) {
            return this;
        }

        @Override
        public HttpClient.Builder proxy(ProxySelector proxySelector) {
            return this;
        }

        @Override
        public HttpClient.Builder authenticator(Authenticator authenticator) {
            return this;
        }
    }
}
