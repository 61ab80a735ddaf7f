package cloud.pxc.proxmox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS sockets that wait for nothing longer than need be. The handshake is part of connecting: a node that hangs still accepts
 * connections (its kernel does), and OkHttp would wait for its first word as long as for an answer; for what comes after the
 * handshake OkHttp sets a timeout of its own. And what is written is sent at once: the last piece of an upload would else wait
 * for the acknowledgement of the one before, which the other side delays (RFC 9293 section 3.7.4).
 */
final class PromptSockets extends SSLSocketFactory {

    private final SSLSocketFactory sockets;
    private final int millis;

    PromptSockets(SSLSocketFactory sockets, Duration handshake) {
        this.sockets = sockets;
        this.millis = Math.toIntExact(handshake.toMillis());
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        return prompt(sockets.createSocket(connected, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return prompt(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return prompt(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return prompt(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return prompt(sockets.createSocket(address, port, localAddress, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    private Socket prompt(Socket socket) throws IOException {
        socket.setSoTimeout(millis);
        socket.setTcpNoDelay(true);
        return socket;
    }
}
