package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder of somebody else's, of which one file alone is ours. */
final class SingleFile implements Target {

    private final Path file;
    private final FolderTarget folder;

    SingleFile(Path file) {
        this.file = file;
        this.folder = new FolderTarget(file.getParent());
    }

    @Override
    public List<Kept> list(String prefix) throws IOException {
        return Files.isRegularFile(file)
                ? List.of(new Kept(
                        file.getFileName().toString(),
                        Files.size(file),
                        Files.getLastModifiedTime(file).toInstant()))
                : List.of();
    }

    @Override
    public Upload begin(String name) throws IOException {
        return folder.begin(name);
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        return folder.read(name, offset);
    }

    @Override
    public void delete(String name) throws IOException {
        folder.delete(name);
    }

    @Override
    public Optional<Path> folder() {
        return folder.folder();
    }

    @Override
    public String describe() {
        return folder.describe();
    }

    @Override
    public void close() {
        folder.close();
    }
}
