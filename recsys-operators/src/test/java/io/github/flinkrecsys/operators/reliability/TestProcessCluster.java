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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job manager and task managers of one slot, each a process of its own on this machine, with the
 * class path of the tests. A task manager that ends by itself is replaced, as a deployment would:
 * Flink ends one in which a task cannot be cancelled. Close ends them all.
 */
final class TestProcessCluster implements TestCluster {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int SIGKILL_EXIT = 128 + 9;

  private final Path directory;
  private final int restPort = freePort();
  private final Deque<Process> taskManagers = new ArrayDeque<>();
  private final List<Process> all = new ArrayList<>();
  private final Thread atExit = new Thread(this::killAll);
  private boolean isClosed;
  private int endedByThemselves;

  TestProcessCluster(Path directory, int count) throws Exception {
    this.directory = directory;
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      Files.writeString(directory.resolve("config.yaml"), configuration());
      start("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint", "256m");
      for (int i = 0; i < count; i++) {
        startTaskManager();
      }
      awaitTaskManagers(count);
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
    Process taskManager = start("org.apache.flink.runtime.taskexecutor.TaskManagerRunner", "320m");
    taskManagers.add(taskManager);
    taskManager.onExit().thenAccept(this::replaceUnlessKilled);
  }

  private synchronized void replaceUnlessKilled(Process ended) {
    if (taskManagers.remove(ended)) {
      endedByThemselves++;
      try {
        startTaskManager();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Task managers that ended though nobody killed them. */
  synchronized int endedByThemselves() {
    return endedByThemselves;
  }

  private Process start(String main, String heap) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String opened : List.of("lang", "util", "time")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.addAll(List.of("-Xmx" + heap, "-XX:MaxDirectMemorySize=256m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of("--configDir", directory.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("process-" + all.size() + ".log").toFile())
            .start();
    all.add(process);
    return process;
  }

  private void awaitTaskManagers(int count) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + restPort + "/overview"))
            .build();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    String answer = "none";
    while (!answer.contains("\"taskmanagers\":" + count)) {
      if (System.nanoTime() > deadline || !all.stream().allMatch(Process::isAlive)) {
        throw new TimeoutException("task managers did not come, last answer: " + answer + logs());
      }
      Thread.sleep(100);
      try {
        answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      } catch (IOException e) {
        answer = e.toString();
      }
    }
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
    Process victim;
    synchronized (this) {
      victim = taskManagers.remove();
    }
    // SIGKILL on Linux and macOS, to this process id only.
    assertThat(victim.destroyForcibly().waitFor()).isEqualTo(SIGKILL_EXIT);
    startTaskManager();
  }

  @Override
  public void close() {
    killAll();
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
