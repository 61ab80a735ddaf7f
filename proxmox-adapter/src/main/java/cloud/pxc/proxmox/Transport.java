package cloud.pxc.proxmox;

import cloud.pxc.proxmox.Outcome.Answered;
import cloud.pxc.proxmox.Outcome.Lost;
import cloud.pxc.proxmox.Outcome.Unreached;
import cloud.pxc.proxmox.Outcome.Untrusted;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;

/** All of HTTP there is here: one call at one endpoint, sent once. */
final class Transport implements AutoCloseable {

    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final MediaType BYTES = MediaType.get("application/octet-stream");
    /** pveproxy closes a connection that was idle for 5 s; one that is about to be closed is not to be used. */
    private static final Duration IDLE = Duration.ofSeconds(4);

    private static final int IDLE_CONNECTIONS = 8;
    private static final int PVEPROXY_PORT = 8006;

    private final OkHttpClient http;
    private final ApiToken token;
    private final Timeouts timeouts;

    Transport(ApiToken token, Recognition recognition, Timeouts timeouts) {
        this.token = token;
        this.timeouts = timeouts;
        var builder = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE.toMillis(), TimeUnit.MILLISECONDS))
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.answer())
                .writeTimeout(timeouts.answer())
                .retryOnConnectionFailure(false) // it would send a change twice
                .followRedirects(false)
                .eventListenerFactory(call -> call.request().tag(Progress.class))
                .sslSocketFactory(
                        new PromptSockets(recognition.sockets(), timeouts.connect()), recognition.certificates());
        recognition.names().ifPresent(builder::hostnameVerifier);
        this.http = builder.build();
    }

    Outcome send(ApiCall call, URI endpoint) {
        var progress = new Progress();
        var outcome = send(request(call, endpoint, progress), progress);
        if (outcome instanceof Lost && call.method().changesNothing() && progress.reusedConnection) {
            // it was closed from there in the moment it was used from here
            var again = new Progress();
            return send(request(call, endpoint, again), again);
        }
        return outcome;
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private Outcome send(Request request, Progress progress) {
        try (var response = http.newCall(request).execute()) {
            return new Answered(
                    response.code(), response.message(), response.body().bytes());
        } catch (SSLPeerUnverifiedException e) {
            return new Untrusted(
                    "has a certificate that is not for " + request.url().host(), e);
        } catch (IOException e) {
            return progress.sent ? new Lost(lost(e), e) : notSent(request.url(), e);
        }
    }

    private String lost(IOException e) {
        return e instanceof SocketTimeoutException
                ? "gave no answer within " + timeouts.answer().toMillis() / 1000.0 + " s"
                : "ended the connection without an answer (" + words(e) + ")";
    }

    private Outcome notSent(HttpUrl url, IOException e) {
        var untrusted = certificateProblem(e);
        if (untrusted.isPresent()) {
            return new Untrusted("has a certificate that is not trusted: " + untrusted.get(), e);
        }
        return switch (e) {
            case UnknownHostException unknown -> new Unreached("has a name that no name server knows", e);
            case SocketTimeoutException late ->
                new Unreached(
                        "did not accept a connection within "
                                + timeouts.connect().toMillis() / 1000.0 + " s",
                        e);
            case SSLException tls -> new Unreached("does not speak TLS as expected (" + words(e) + ")", e);
            case ConnectException refused ->
                new Unreached("accepts no connection (" + words(e) + ")" + portHint(url), e);
            default -> new Unreached("is not reached (" + words(e) + ")", e);
        };
    }

    private static String portHint(HttpUrl url) {
        return url.port() == PVEPROXY_PORT ? "" : ", is " + url.port() + " the right port (Proxmox VE has 8006)?";
    }

    private static Optional<String> certificateProblem(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return Optional.of(words(cause));
            }
        }
        return Optional.empty();
    }

    private static String words(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private Request request(ApiCall call, URI endpoint, Progress progress) {
        var url = HttpUrl.get(endpoint).newBuilder().encodedPath("/api2/json" + call.encodedPath());
        var builder = new Request.Builder()
                .header("Authorization", "PVEAPIToken=" + token.id() + "=" + token.secret())
                .header("Accept", "application/json")
                .header("User-Agent", "pxc")
                .tag(Progress.class, progress);
        switch (call.method()) {
            // a body, even an empty one with a length, is answered 501 on these
            case GET, DELETE -> {
                if (!call.parameters().isEmpty()) {
                    url.encodedQuery(Encoding.form(call.parameters()));
                }
                builder.method(call.method().name(), null);
            }
            case POST, PUT -> builder.method(call.method().name(), body(call));
        }
        return builder.url(url.build()).build();
    }

    private static RequestBody body(ApiCall call) {
        if (call.file().isEmpty()) {
            return RequestBody.create(Encoding.form(call.parameters()).getBytes(StandardCharsets.UTF_8), FORM);
        }
        var file = call.file().get();
        var form = new MultipartBody.Builder().setType(MultipartBody.FORM);
        call.parameters().forEach(form::addFormDataPart); // pve-http-server wants them before the file
        return form.addFormDataPart("filename", file.name(), RequestBody.create(file.content(), BYTES))
                .build();
    }

    /** How far a call came. Written by the thread that calls. */
    private static final class Progress extends EventListener {
        private volatile boolean reusedConnection = true;
        private volatile boolean sent;

        @Override
        public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
            reusedConnection = false;
        }

        @Override
        public void requestHeadersStart(Call call) {
            sent = true;
        }
    }
}
