// usage: Spawn one | many N: programs started by ProcessBuilder, from several threads at once when many.
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class Spawn {
  // What a recipe can show: stdin and stdout are files, a directory, an environment. Java knows no sessions.
  static int one() throws Exception {
    var builder = new ProcessBuilder("/bin/cat");
    builder.redirectInput(new File("in")).redirectOutput(new File("out")).directory(new File("/"));
    builder.environment().clear();
    builder.environment().put("A", "b");
    return builder.start().waitFor();
  }

  static String run(int number) throws Exception {
    var process = new ProcessBuilder("sh", "-c", "cat; exit " + number % 7).start();
    try (var in = process.getOutputStream()) {
      in.write(("number " + number + "\n").getBytes(StandardCharsets.UTF_8));
    }
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return text + process.waitFor();
  }

  static int many(int times) throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    var results = new ArrayList<Future<String>>();
    for (int i = 0; i < times; ++i) {
      int number = i;
      results.add(threads.submit(() -> run(number)));
    }
    for (var result : results) System.out.println(result.get());
    threads.shutdown();
    try {
      new ProcessBuilder("no such program").start();
    } catch (java.io.IOException missing) {
      System.out.println(missing.getMessage());
    }
    return 0;
  }

  public static void main(String[] words) throws Exception {
    System.exit(words[0].equals("one") ? one() : many(Integer.parseInt(words[1])));
  }
}
