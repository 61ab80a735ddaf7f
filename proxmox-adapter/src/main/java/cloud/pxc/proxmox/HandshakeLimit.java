package cloud.pxc.proxmox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes the TLS handshake part of connecting: a node that hangs still accepts connections (its kernel does), and OkHttp would
 * wait for its first word as long as for an answer. For what comes after the handshake OkHttp sets a timeout of its own.
 */
final class HandshakeLimit extends SSLSocketFactory {

    private final SSLSocketFactory sockets;
    private final int millis;

    HandshakeLimit(SSLSocketFactory sockets, Duration limit) {
        this.sockets = sockets;
        this.millis = Math.toIntExact(limit.toMillis());
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        return limited(sockets.createSocket(connected, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return limited(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return limited(sockets.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return limited(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return limited(sockets.createSocket(address, port, localAddress, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    private Socket limited(Socket socket) throws IOException {
        socket.setSoTimeout(millis);
        return socket;
    }
}
