/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Where Redis is, how to connect to it, and under which keys.
 *
 * <p>The password is in no text that is made of this.
 *
 * @param keyPrefix first part of every key; without braces, which would move all keys to one slot
 *     of a cluster
 * @param nodes {@code host:port} of the server, or of some nodes of the cluster
 * @param cluster whether the nodes are a Redis cluster
 * @param database number of the logical database; 0 in a cluster
 * @param username of an access control list; null for the default user
 * @param password of the user; null for none
 * @param tls whether to connect by TLS; the server's certificate and host name are checked
 * @param caCertificate path, on every task manager, of a PEM file with the certificates to trust;
 *     null for those that the JVM trusts
 * @param connectTimeout after which an attempt to connect has failed
 * @param commandTimeout after which a command without a reply has failed
 */
public record RedisConfig(
    String keyPrefix,
    List<String> nodes,
    boolean cluster,
    int database,
    String username,
    String password,
    boolean tls,
    String caCertificate,
    Duration connectTimeout,
    Duration commandTimeout)
    implements Serializable {

  /**
   * Checks.
   *
   * @param keyPrefix see the record
   * @param nodes see the record
   * @param cluster see the record
   * @param database see the record
   * @param username see the record
   * @param password see the record
   * @param tls see the record
   * @param caCertificate see the record
   * @param connectTimeout see the record
   * @param commandTimeout see the record
   * @throws IllegalArgumentException if a value is out of its range, or two contradict each other
   */
  public RedisConfig {
    Checks.notBlank("keyPrefix", keyPrefix);
    Checks.require(
        keyPrefix.indexOf('{') < 0 && keyPrefix.indexOf('}') < 0,
        "keyPrefix",
        "without braces",
        keyPrefix);
    nodes = Checks.copyOf("nodes", nodes);
    Checks.require(!nodes.isEmpty(), "nodes", "one or more", nodes);
    Checks.require(cluster || nodes.size() == 1, "nodes", "one unless cluster is set", nodes);
    nodes.forEach(RedisNode::parse);
    Checks.nonNegative("database", database);
    Checks.require(!cluster || database == 0, "database", "0 in a cluster", database);
    Checks.require(
        username == null || (!username.isBlank() && password != null),
        "username",
        "a non-blank string beside a password",
        username);
    Checks.require(password == null || !password.isEmpty(), "password", "non-empty", "nothing");
    Checks.require(
        caCertificate == null || (tls && !caCertificate.isBlank()),
        "caCertificate",
        "a non-blank path beside tls",
        caCertificate);
    Checks.positive("connectTimeout", connectTimeout);
    Checks.positive("commandTimeout", commandTimeout);
  }

  /**
   * Starts from the defaults for one server.
   *
   * @param node {@code host:port}
   * @return a builder with the key prefix {@code recsys}, database 0, no authentication, no TLS and
   *     timeouts of 5 seconds
   */
  public static Builder server(String node) {
    return new Builder(node == null ? null : List.of(node), false);
  }

  /**
   * Starts from the defaults for a Redis cluster.
   *
   * @param nodes {@code host:port} of one or more nodes; the others are found through them
   * @return a builder with the defaults of {@link #server}
   */
  public static Builder cluster(List<String> nodes) {
    return new Builder(nodes, true);
  }

  @Override
  public String toString() {
    return "RedisConfig["
        + keyPrefix
        + " at "
        + String.join(", ", nodes)
        + (cluster ? ", cluster" : ", database " + database)
        + (username == null ? "" : ", user " + username)
        + (password == null ? "" : ", with password")
        + (tls ? ", tls" : "")
        + "]";
  }

  /** Sets some values and leaves the others at their default. */
  public static final class Builder {
    private final List<String> nodes;
    private final boolean cluster;
    private String keyPrefix = "recsys";
    private int database;
    private String username;
    private String password;
    private boolean tls;
    private String caCertificate;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration commandTimeout = Duration.ofSeconds(5);

    private Builder(List<String> nodes, boolean cluster) {
      this.nodes = nodes;
      this.cluster = cluster;
    }

    /**
     * Sets the first part of every key.
     *
     * @param keyPrefix non-blank, without braces
     * @return this
     */
    public Builder keyPrefix(String keyPrefix) {
      this.keyPrefix = keyPrefix;
      return this;
    }

    /**
     * Sets the logical database.
     *
     * @param database 0 or more; 0 in a cluster
     * @return this
     */
    public Builder database(int database) {
      this.database = database;
      return this;
    }

    /**
     * Sets the password of the default user.
     *
     * @param password non-empty
     * @return this
     */
    public Builder password(String password) {
      return credentials(null, password);
    }

    /**
     * Sets a user of an access control list.
     *
     * @param username non-blank, or null for the default user
     * @param password non-empty
     * @return this
     */
    public Builder credentials(String username, String password) {
      this.username = username;
      this.password = password;
      return this;
    }

    /**
     * Connects by TLS and trusts the certificates that the JVM trusts.
     *
     * @return this
     */
    public Builder tls() {
      this.tls = true;
      return this;
    }

    /**
     * Connects by TLS and trusts the certificates of a file.
     *
     * @param caCertificate path, on every task manager, of a PEM file
     * @return this
     */
    public Builder tls(String caCertificate) {
      this.tls = true;
      this.caCertificate = caCertificate;
      return this;
    }

    /**
     * Sets the time after which an attempt to connect has failed.
     *
     * @param connectTimeout at least 1 ms
     * @return this
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = connectTimeout;
      return this;
    }

    /**
     * Sets the time after which a command without a reply has failed.
     *
     * @param commandTimeout at least 1 ms
     * @return this
     */
    public Builder commandTimeout(Duration commandTimeout) {
      this.commandTimeout = commandTimeout;
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of its range, or two contradict each other
     */
    public RedisConfig build() {
      return new RedisConfig(
          keyPrefix,
          nodes,
          cluster,
          database,
          username,
          password,
          tls,
          caCertificate,
          connectTimeout,
          commandTimeout);
    }
  }
}
