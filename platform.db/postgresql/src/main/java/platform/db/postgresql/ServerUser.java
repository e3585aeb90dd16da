package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import platform.db.api.DatabaseException;

/**
 * The user that PostgreSQL runs as. PostgreSQL refuses to be root, so a platform that is root hands its processes over to
 * a user without rights by {@code setpriv}; any other platform runs PostgreSQL as itself.
 *
 * @param uid the user's number
 * @param gid the number of its group
 * @param prefix what to put before a command that the user is to run; empty when it is the platform's own user
 */
record ServerUser(int uid, int gid, List<String> prefix) {

    private static final List<String> PREFERRED = List.of("postgres", "nobody");

    /**
     * @param cluster the data folder of PostgreSQL; who owns it stays its user, so that a user {@code postgres} that
     *     somebody creates later does not lock the platform out
     */
    static ServerUser of(Path cluster) {
        try {
            int self = number(Path.of("/proc/self"), "uid");
            Path known = cluster.resolve("PG_VERSION");
            if (self != 0) {
                return same(self, cluster);
            }
            return Files.exists(known) ? unprivileged(number(known, "uid"), number(known, "gid")) : preferred();
        } catch (IOException e) {
            throw new DatabaseException("Cannot find out who owns " + cluster + ": " + e, e);
        }
    }

    private static ServerUser same(int self, Path cluster) throws IOException {
        if (Files.exists(cluster) && number(cluster, "uid") != self) {
            throw new DatabaseException("The data folder of PostgreSQL " + cluster + " belongs to the user "
                    + Files.getOwner(cluster) + ": run the platform as root or as that user");
        }
        return new ServerUser(self, number(Path.of("/proc/self"), "gid"), List.of());
    }

    private static ServerUser preferred() {
        return PREFERRED.stream()
                .flatMap(name -> lookUp(name).stream())
                .findFirst()
                .orElseThrow(
                        () -> new DatabaseException("PostgreSQL must not run as root, and this machine has none of "
                                + "the users " + PREFERRED + " to run it as: create a user 'postgres', "
                                + "or run the platform as another user than root"));
    }

    private static Optional<ServerUser> lookUp(String name) {
        Command.Result uid = Command.run(List.of("id", "-u", name));
        Command.Result gid = Command.run(List.of("id", "-g", name));
        return uid.ok() && gid.ok()
                ? Optional.of(unprivileged(Integer.parseInt(uid.output()), Integer.parseInt(gid.output())))
                : Optional.empty();
    }

    private static ServerUser unprivileged(int uid, int gid) {
        String setpriv = Command.find("setpriv")
                .orElseThrow(() -> new DatabaseException("PostgreSQL must not run as root, and the tool 'setpriv' "
                        + "that would run it as another user is missing: install util-linux, "
                        + "or run the platform as another user than root"));
        return new ServerUser(
                uid, gid, List.of(setpriv, "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--no-new-privs"));
    }

    private static int number(Path path, String attribute) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:" + attribute);
    }

    /** The command as this user runs it. */
    List<String> command(List<String> command) {
        return join(prefix, command);
    }

    /**
     * The command as this user runs it, out of reach of a signal to the platform's terminal (Ctrl-C), and ended by SIGINT
     * when the thread that starts it ends. Either is left out where the machine's tools cannot do it: {@link Leftover}
     * copes without.
     */
    List<String> child(List<String> command) {
        List<String> words = new ArrayList<>();
        Command.find("setsid").ifPresent(words::add);
        words.addAll(mortal().filter(ServerUser::works).orElse(prefix));
        words.addAll(command);
        return words;
    }

    private Optional<List<String>> mortal() {
        List<String> option = List.of("--pdeathsig", "INT");
        return prefix.isEmpty()
                ? Command.find("setpriv").map(setpriv -> join(List.of(setpriv), option))
                : Optional.of(join(prefix, option));
    }

    private static boolean works(List<String> words) {
        return Command.run(join(words, List.of("true"))).ok();
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Hands a file or a folder to this user. */
    void own(Path path) throws IOException {
        if (!prefix.isEmpty()) {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", gid);
        }
    }

    /**
     * @throws DatabaseException when this user cannot enter one of the folders; it names the parent that bars the way
     */
    void mustEnter(List<Path> folders) {
        if (!prefix.isEmpty() && !enters(folders)) {
            folders.forEach(this::mustEnter);
        }
    }

    private void mustEnter(Path folder) {
        if (enters(List.of(folder))) {
            return;
        }
        List<Path> way = new ArrayList<>();
        for (Path step = folder.toAbsolutePath(); step != null; step = step.getParent()) {
            way.add(0, step);
        }
        Path bar =
                way.stream().filter(step -> !enters(List.of(step))).findFirst().orElse(folder);
        throw new DatabaseException("PostgreSQL runs as the user " + name() + ", who cannot enter the folder " + bar
                + ": allow it with 'chmod o+x " + bar + "', or put the data folder somewhere else (--data)");
    }

    private String name() {
        Command.Result name = Command.run(List.of("id", "-n", "-u", Integer.toString(uid)));
        return name.ok() ? name.output() : "number " + uid;
    }

    private boolean enters(List<Path> folders) {
        Stream<String> test = folders.stream().flatMap(folder -> Stream.of("-a", "-x", folder.toString()));
        return Command.run(command(join(List.of("test"), test.skip(1).toList())))
                .ok();
    }
}
