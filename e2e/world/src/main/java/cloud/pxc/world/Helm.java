package cloud.pxc.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real Helm on the chart of this project, with its own folders below a given one. */
public record Helm(Path folder, Path kubeconfig) {

    public static final Path CHART = Programs.projectRoot().resolve("helm/pxc");

    /** What it printed, and how it ended. */
    public record Output(int exitCode, String text, String errors) {}

    public Output run(String... arguments) {
        var command = new ArrayList<String>();
        command.add(Programs.find("helm").toString());
        command.addAll(List.of(arguments));
        var errors = folder.resolve("errors").toFile();
        var builder = new ProcessBuilder(command).redirectError(errors);
        for (var kind : List.of("CACHE", "CONFIG", "DATA")) {
            builder.environment()
                    .put("HELM_" + kind + "_HOME", folder.resolve(kind).toString());
        }
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text, Files.readString(errors.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException("helm could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while helm ran", e);
        }
    }

    /** What the chart makes of these values. */
    public String render(Path values) {
        var output = run("template", "pxc", CHART.toString(), "--namespace=pxc-system", "--values=" + values);
        if (output.exitCode() != 0) {
            throw new IllegalStateException(values + " can't be rendered: " + output.errors());
        }
        return output.text();
    }
}
