/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

/**
 * What walks of one request from one of its items have in common.
 *
 * @param request number of the request in this job, under which its visits meet again
 * @param userId for whom, empty for an anonymous user
 * @param user hash of the user's id: walks do not go through that node
 * @param k how many items are wanted
 * @param atMillis event time of the request; newer edges are passed over
 * @param queryId id of the item where the walks began
 * @param walks of the whole request
 */
public record WalkOrigin(
    String request, String userId, long user, int k, long atMillis, String queryId, int walks) {}
