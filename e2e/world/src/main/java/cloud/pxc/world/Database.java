package cloud.pxc.world;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL of its own. */
public final class Database implements AutoCloseable {

    private static final String DEFAULT = "postgres";

    private final Scratch scratch;
    private final Path data;
    private final int port = Ports.free();
    private EmbeddedPostgres postgres;

    private Database(Scratch scratch) {
        this.scratch = scratch;
        this.data = scratch.folder().resolve("postgres-" + System.nanoTime());
    }

    public static Database start(Scratch scratch) {
        var database = new Database(scratch);
        database.start();
        return database;
    }

    /** Starts it again on the same data and port. */
    public void start() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(Programs.unpacked().toFile())
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "100")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            scratch.watch(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be started", e);
        }
    }

    public String jdbcUrl() {
        return jdbcUrl(DEFAULT);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public String user() {
        return DEFAULT;
    }

    /** The server trusts connections from this machine; any password will do. */
    public String password() {
        return DEFAULT;
    }

    /** Makes another database in this server, empty, and returns its JDBC URL. */
    public String create(String database) {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + database.replace("\"", "\"\"") + "\"");
            return jdbcUrl(database);
        } catch (SQLException e) {
            throw new IllegalStateException("Database " + database + " could not be made", e);
        }
    }

    /** Connections to the database that the operator uses. */
    public PGSimpleDataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(user());
        source.setPassword(password());
        return source;
    }

    /** Ends it, with all its connections; the data stay. */
    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL could not be stopped", e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
