/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job manager and task managers of one slot, each a process of its own on this machine, with the
 * class path of the tests. A task manager that ends by itself, or that the job manager has lost, is
 * replaced, as by Kubernetes or YARN, and so is one whose tasks do not end, as by an operator: in
 * Flink 1.20 two tasks, or a task and the task manager's own thread, may wait for each other for
 * good while both write the same exception (FLINK-36746). Close ends them all.
 */
final class TestProcessCluster implements TestCluster {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int SIGKILL_EXIT = 128 + 9;

  /** Longer than a killed one takes to be replaced. */
  private static final long MISSED_NANOS = TimeUnit.SECONDS.toNanos(90);

  private static final Pattern TASK_MANAGER =
      Pattern.compile("\"id\":\"([^\"]+)\".*?\"freeSlots\":(\\d+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path directory;
  private final int count;
  private final int restPort = freePort();

  /** By the id that they have in Flink, the oldest first. */
  private final Map<String, Process> taskManagers = new LinkedHashMap<>();

  private final List<Process> all = new ArrayList<>();
  private final Thread atExit = new Thread(this::killAll);
  private boolean isClosed;
  private int lost;

  TestProcessCluster(Path directory, int count) throws Exception {
    this.directory = directory;
    this.count = count;
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      Files.writeString(directory.resolve("config.yaml"), configuration());
      start("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint", "256m");
      for (int i = 0; i < count; i++) {
        startTaskManager();
      }
      awaitTaskManagers();
      Thread replacer = new Thread(this::replaceFaulty, "replace-faulty-task-managers");
      replacer.setDaemon(true);
      replacer.start();
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  private String configuration() throws IOException {
    return String.join(
        "\n",
        "jobmanager.rpc.address: " + LOOPBACK,
        "jobmanager.bind-host: " + LOOPBACK,
        "jobmanager.rpc.port: " + freePort(),
        "rest.address: " + LOOPBACK,
        "rest.bind-address: " + LOOPBACK,
        "rest.port: " + restPort,
        "taskmanager.host: " + LOOPBACK,
        "taskmanager.bind-host: " + LOOPBACK,
        "taskmanager.numberOfTaskSlots: 1",
        "taskmanager.cpu.cores: 1",
        "taskmanager.memory.framework.heap.size: 64mb",
        "taskmanager.memory.framework.off-heap.size: 64mb",
        "taskmanager.memory.task.heap.size: 128mb",
        "taskmanager.memory.task.off-heap.size: 0mb",
        "taskmanager.memory.managed.size: 256mb",
        "taskmanager.memory.network.min: 32mb",
        "taskmanager.memory.network.max: 32mb",
        "taskmanager.memory.jvm-metaspace.size: 128mb",
        "taskmanager.memory.jvm-overhead.min: 64mb",
        "taskmanager.memory.jvm-overhead.max: 64mb",
        "heartbeat.interval: 500",
        "heartbeat.timeout: 20000",
        "io.tmp.dirs: " + directory,
        "");
  }

  private synchronized void startTaskManager() throws IOException {
    if (isClosed) {
      return;
    }
    String id = "tm-" + all.size();
    Process taskManager =
        start(
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            "320m",
            "-D",
            "taskmanager.resource-id=" + id);
    taskManagers.put(id, taskManager);
    taskManager.onExit().thenAccept(ended -> replaceUnlessKilled(id));
  }

  private synchronized void replaceUnlessKilled(String id) {
    if (taskManagers.containsKey(id)) {
      replaceLost(id);
    }
  }

  private void replaceFaulty() {
    long since = System.nanoTime();
    while (pause()) {
      Set<String> faulty = faulty();
      if (faulty.isEmpty()) {
        since = System.nanoTime();
      } else if (System.nanoTime() - since > MISSED_NANOS) {
        replace(faulty);
        since = System.nanoTime();
      }
    }
  }

  /** Those that the job manager has lost, or whose tasks keep a job from starting again. */
  private Set<String> faulty() {
    Map<String, Integer> freeSlots = freeSlots();
    if (freeSlots == null) {
      return Set.of();
    }
    Set<String> faulty = known();
    if (freeSlots.keySet().containsAll(faulty)) {
      boolean isStuck = ask("/jobs/overview").contains("\"state\":\"RESTARTING\"");
      faulty.removeIf(id -> !isStuck || freeSlots.get(id) > 0);
    } else {
      faulty.removeAll(freeSlots.keySet());
    }
    return faulty;
  }

  private synchronized Set<String> known() {
    return new HashSet<>(taskManagers.keySet());
  }

  private synchronized void replace(Set<String> faulty) {
    faulty.stream().filter(taskManagers::containsKey).forEach(this::replaceLost);
  }

  private synchronized boolean pause() {
    try {
      wait(1_000);
    } catch (InterruptedException e) {
      return false;
    }
    return !isClosed;
  }

  private synchronized void replaceLost(String id) {
    lost++;
    taskManagers.remove(id).destroyForcibly();
    try {
      startTaskManager();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Task managers that ended, fell silent or got stuck though nobody killed them. */
  synchronized int lost() {
    return lost;
  }

  private Process start(String main, String heap, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String opened : List.of("lang", "util", "time")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-Xmx" + heap, "-XX:MaxDirectMemorySize=256m", "-XX:+UseSerialGC"));
    // A process lives for seconds: what the second compiler takes would not come back.
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of("--configDir", directory.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("process-" + all.size() + ".log").toFile())
            .start();
    all.add(process);
    return process;
  }

  private void awaitTaskManagers() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!areRegistered()) {
      if (System.nanoTime() > deadline || !all.stream().allMatch(Process::isAlive)) {
        throw new TimeoutException("task managers did not come" + logs());
      }
      Thread.sleep(100);
    }
  }

  private boolean areRegistered() {
    Map<String, Integer> freeSlots = freeSlots();
    return freeSlots != null && freeSlots.size() >= count;
  }

  /** Of the task managers that the job manager knows, by id; null if it does not answer. */
  private Map<String, Integer> freeSlots() {
    String answer = ask("/taskmanagers");
    if (!answer.contains("\"taskmanagers\"")) {
      return null;
    }
    Map<String, Integer> freeSlots = new HashMap<>();
    Matcher taskManager = TASK_MANAGER.matcher(answer);
    while (taskManager.find()) {
      freeSlots.put(taskManager.group(1), Integer.parseInt(taskManager.group(2)));
    }
    return freeSlots;
  }

  /** The job manager's answer, empty if there is none. */
  private String ask(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + restPort + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      // It is not there yet, or has much to do.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "";
  }

  private String logs() throws IOException {
    StringBuilder logs = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      logs.append('\n').append(Files.readString(directory.resolve("process-" + i + ".log")));
    }
    return logs.toString();
  }

  @Override
  public StreamExecutionEnvironment environment(Configuration configuration) {
    configuration.setString("execution.target", "remote");
    configuration.setString("rest.address", LOOPBACK);
    configuration.setString("rest.port", "" + restPort);
    return new StreamExecutionEnvironment(configuration);
  }

  @Override
  public void replaceTaskManager() throws Exception {
    Process victim = takeOldest();
    // SIGKILL on Linux and macOS, to this process id only.
    assertThat(victim.destroyForcibly().waitFor()).isEqualTo(SIGKILL_EXIT);
    startTaskManager();
  }

  private synchronized Process takeOldest() {
    Iterator<Process> oldest = taskManagers.values().iterator();
    Process taskManager = oldest.next();
    oldest.remove();
    return taskManager;
  }

  @Override
  public synchronized void silenceTaskManager() throws Exception {
    String pid = "" + taskManagers.values().iterator().next().pid();
    assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
  }

  @Override
  public void close() throws InterruptedException {
    killAll();
    // Whoever deletes their files comes after them.
    for (Process process : all) {
      process.waitFor();
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private synchronized void killAll() {
    isClosed = true;
    taskManagers.clear();
    all.forEach(Process::destroyForcibly);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
