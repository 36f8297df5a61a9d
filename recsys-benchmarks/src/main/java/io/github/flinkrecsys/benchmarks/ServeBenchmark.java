/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * How long does the HTTP service take at a given load? Requests are sent at the times of a
 * schedule, whether or not earlier ones are answered, and a latency counts from the scheduled time,
 * so that no pause is left out.
 *
 * <p>The service must run already: on the generated shop, or on the Redis that {@link
 * RedisBenchmark} has filled, where nobody answers sessions. Usage: {@code serve URL [RATE
 * [SECONDS]]}, default 1,000 per second for 20 seconds of each kind after 10 of warm-up.
 */
public final class ServeBenchmark {
  private static final int WARM_UP_SECONDS = 10;
  private static final int LIKELY_USERS = 5_000;
  private static final int USERS = 500;
  private static final int FOUND = 200;
  private static final int NOBODY_ANSWERS = 503;
  private static final int ITEMS = 2_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Random random = new Random(42);
  private final String url;

  private interface Requests {
    HttpRequest next();
  }

  private ServeBenchmark(String url) {
    this.url = url;
  }

  /**
   * Runs the benchmark.
   *
   * @param args where the service is, requests per second, seconds
   * @throws Exception if the service cannot be reached
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      throw new IllegalArgumentException("URL of the service must be given, got nothing");
    }
    int rate = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    new ServeBenchmark(args[0]).run(rate, seconds);
  }

  private void run(int rate, int seconds) throws Exception {
    List<String> users = usersWithLists();
    System.out.printf("%,d requests per second, %d s each%n", rate, seconds);
    measure("users (GET)", () -> ofUser(users), rate, seconds);
    if (statusOf(ofSession()) == NOBODY_ANSWERS) {
      System.out.println("sessions (POST)  no job answers them here");
    } else {
      measure("sessions (POST)", this::ofSession, rate, seconds);
    }
  }

  private int statusOf(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private List<String> usersWithLists() throws IOException, InterruptedException {
    List<String> users = new ArrayList<>();
    for (int n = 0; n < LIKELY_USERS && users.size() < USERS; n++) {
      if (statusOf(ofUser(user(n))) == FOUND) {
        users.add(user(n));
      }
    }
    if (users.isEmpty()) {
      throw new IOException("the service must know users of the generated shop, got none");
    }
    return users;
  }

  /** A user of the generated shop. */
  static String user(int number) {
    return String.format(Locale.ROOT, "u%05d", number);
  }

  private HttpRequest ofUser(List<String> users) {
    return ofUser(users.get(random.nextInt(users.size())));
  }

  private HttpRequest ofUser(String user) {
    return HttpRequest.newBuilder(URI.create(url + "/recommendations/" + user)).build();
  }

  private HttpRequest ofSession() {
    StringBuilder items = new StringBuilder();
    for (int left = 1 + random.nextInt(5); left > 0; left--) {
      items.append(items.isEmpty() ? "" : ",").append('"');
      items.append(String.format(Locale.ROOT, "i%04d", random.nextInt(ITEMS))).append('"');
    }
    return HttpRequest.newBuilder(URI.create(url + "/recommendations"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"itemIds\":[" + items + "]}"))
        .build();
  }

  private void measure(String kind, Requests requests, int rate, int seconds) throws Exception {
    send(requests, rate, WARM_UP_SECONDS);
    long started = System.nanoTime();
    long[] nanos = send(requests, rate, seconds);
    double elapsed = (System.nanoTime() - started) / 1e9;
    long[] answered = Arrays.stream(nanos).filter(n -> n >= 0).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%-16s %,.0f answered per second, %d not; p50 %.2f ms, p90 %.2f, p99 %.2f, max %.1f%n",
        kind,
        answered.length / elapsed,
        nanos.length - answered.length,
        millisAt(answered, 0.5),
        millisAt(answered, 0.9),
        millisAt(answered, 0.99),
        millisAt(answered, 1));
  }

  /** Gives the latency of each request, or -1 where the answer was not 200. */
  private long[] send(Requests requests, int rate, int seconds) throws InterruptedException {
    int count = rate * seconds;
    AtomicLongArray nanos = new AtomicLongArray(count);
    CountDownLatch left = new CountDownLatch(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long scheduled = start + i * 1_000_000_000L / rate;
      HttpRequest request = requests.next();
      while (System.nanoTime() < scheduled) {
        LockSupport.parkNanos(scheduled - System.nanoTime());
      }
      int index = i;
      CompletableFuture<HttpResponse<Void>> answer =
          client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
      answer.whenComplete(
          (response, failure) -> {
            boolean isAnswered = failure == null && response.statusCode() == FOUND;
            nanos.set(index, isAnswered ? System.nanoTime() - scheduled : -1);
            left.countDown();
          });
    }
    if (!left.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException(left.getCount() + " requests had no answer within 30 s");
    }
    long[] result = new long[count];
    Arrays.setAll(result, nanos::get);
    return result;
  }

  private static double millisAt(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
  }
}
