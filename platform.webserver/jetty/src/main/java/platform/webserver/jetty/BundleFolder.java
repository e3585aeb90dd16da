package platform.webserver.jetty;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.content.HttpContent;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/**
 * Finds the files below a folder of an app's jar, and their compressed forms. Only files that exist are remembered, so that
 * nobody fills the memory by asking for others.
 */
final class BundleFolder implements HttpContent.Factory {

    static final List<CompressedContentFormat> VARIANTS =
            List.of(CompressedContentFormat.BR, CompressedContentFormat.GZIP);

    static final String INDEX = "index.html";

    private static final String GZIP_SUFFIX = CompressedContentFormat.GZIP.getExtension();
    private static final double WORTHWHILE = 0.9;

    private final ClassLoader loader;
    private final String folder;
    private final Bundle bundle;
    private final Instant modified;
    private final Map<String, BundleContent> known = new ConcurrentHashMap<>();
    /** What was compressed here because the jar does not hold it compressed, by its name with the suffix. */
    private final Map<String, BundleContent> gzipped = new ConcurrentHashMap<>();

    /** @param anchor a class of the app */
    BundleFolder(Class<?> anchor, String folder) {
        this.loader = anchor.getClassLoader();
        this.folder = folder.substring(1);
        this.bundle = FrameworkUtil.getBundle(anchor);
        this.modified = bundle == null ? Instant.now() : Instant.ofEpochMilli(bundle.getLastModified());
    }

    /** What was found before; null when it must be looked for, and so must one of its compressed forms. */
    BundleContent findKnown(String path) {
        BundleContent content = known.get(path);
        if (content == null) {
            return null;
        }
        for (CompressedContentFormat format : content.getPreCompressedContentFormats()) {
            String variant = path + format.getExtension();
            if (!gzipped.containsKey(variant) && !known.containsKey(variant)) {
                return null;
            }
        }
        return content;
    }

    /** Whether the app brought no compressed form of the file along, but there is one. */
    boolean isCompressedHere(String path) {
        return gzipped.containsKey(path + GZIP_SUFFIX);
    }

    /** Whether it is the path of a folder with an index, and lacks the slash at its end. */
    boolean isFolder(String file) {
        if (file.isEmpty()) {
            return true;
        }
        return !file.endsWith("/") && !known.containsKey(file) && url(file + "/" + INDEX) != null;
    }

    /** The entry of which only some letters are capitals that should not be, or the other way round; or null. */
    String findIgnoringCase(String path) {
        Enumeration<URL> entries = bundle == null ? null : bundle.findEntries(folder, "*", true);
        String wanted = "/" + folder + path;
        while (entries != null && entries.hasMoreElements()) {
            String entry = entries.nextElement().getPath();
            if (entry.equalsIgnoreCase(wanted)) {
                return entry.substring(folder.length() + 1);
            }
        }
        return null;
    }

    /** Finds a file, or a compressed one, by its path below the folder; null when there is none. */
    @Override
    public BundleContent getContent(String path) throws IOException {
        BundleContent compressed = gzipped.get(path);
        return compressed == null ? find(path) : compressed;
    }

    BundleContent find(String path) throws IOException {
        BundleContent content = known.get(path);
        if (content == null) {
            content = load(path);
            if (content != null) {
                known.put(path, content);
            }
        }
        return content;
    }

    private BundleContent load(String path) throws IOException {
        URL url = url(path);
        if (url == null || isFolder(path, url)) {
            return null;
        }
        Set<CompressedContentFormat> variants = new LinkedHashSet<>();
        for (CompressedContentFormat format : VARIANTS) {
            if (url(path + format.getExtension()) != null) {
                variants.add(format);
            }
        }
        BundleFile file = new BundleFile(url, path, modified);
        if (!variants.contains(CompressedContentFormat.GZIP) && compress(file)) {
            variants.add(CompressedContentFormat.GZIP);
        }
        return new BundleContent(file, Set.copyOf(variants));
    }

    /** @return whether there is something to gain */
    private boolean compress(BundleFile file) throws IOException {
        if (!file.isWorthGzip() || !ResponseCompression.helps(BundleContent.typeOf(file.getFileName()))) {
            return false;
        }
        BundleFile smaller = file.gzipped();
        if (smaller.length() > file.length() * WORTHWHILE) {
            return false;
        }
        gzipped.put(file.getName() + GZIP_SUFFIX, new BundleContent(smaller, Set.of()));
        return true;
    }

    private URL url(String path) {
        boolean strange = path.indexOf('\\') >= 0 || path.contains("//") || path.contains("/../");
        return strange ? null : loader.getResource(folder + path);
    }

    /** A folder too has a URL, where the jar has entries for folders or is none but a folder of classes. */
    private boolean isFolder(String path, URL url) {
        if (url.getProtocol().equals("file")) {
            return Files.isDirectory(Path.of(url.getPath()));
        }
        return url(path + "/") != null;
    }
}
