package platform.core.dist;

import java.util.List;

/** The process's entry: turns the command line into a platform, and how that ended into the exit status. */
public final class Launcher {

    private Launcher() {}

    /** Runs the platform until it is stopped; exits with 0 after that, with 1 when it did not start, with 2 on bad arguments. */
    public static void main(String[] arguments) {
        int status;
        try {
            status = run(List.of(arguments));
        } catch (LaunchException e) {
            console(List.of(arguments).contains("--detached")).complain(e.getMessage());
            status = e.status();
        }
        System.exit(status);
    }

    private static int run(List<String> arguments) {
        Distribution distribution = Distribution.locate();
        if (RestoreOptions.isWanted(arguments)) {
            return new RestoreProcess(distribution, RestoreOptions.parse(arguments, System.getenv()), console(false))
                    .run();
        }
        Options options = Options.parse(arguments, distribution.root().resolveSibling("data"));
        return switch (options.mode()) {
            case VERSION -> print("App Platform " + Distribution.version());
            case HELP -> print("Usage: " + Options.USAGE);
            case RUN -> new PlatformProcess(distribution, options, console(false)).run();
            case DETACHED -> new PlatformProcess(distribution, options, console(true)).run();
            case TRAINING -> train(distribution, options);
        };
    }

    private static int train(Distribution distribution, Options options) {
        Training.endWithParent();
        return new PlatformProcess(distribution, options, console(false)).run();
    }

    private static int print(String line) {
        console(false).say(line);
        return 0;
    }

    private static Console console(boolean detached) {
        return new Console(System.out, System.err, detached);
    }
}
