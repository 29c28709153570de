#include "tools/fleet/replay_table.hpp"

#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

std::optional<double> figure(const Table& table, const std::string& name) {
  for (const auto& row : table.rows()) {
    if (std::get<std::string>(row[0]) != name) continue;
    const auto* value = std::get_if<double>(&row[2]);
    return value != nullptr ? std::optional(*value) : std::nullopt;
  }
  return std::nullopt;
}

TEST_CASE("replay table: figures agree with each other", "[fleet]") {
  const Cluster cluster = shipped_cluster("hgx_h20");
  FleetQuestion question = small_question();
  question.promised = SloClass{"", 1'000'000'000, 1};  // No TPOT is a nanosecond.
  PlannedFleet fleet = planned(cluster, question);
  Listed source = even_requests(200);
  const Replayed replayed{"hgx_h20", &fleet, replay(fleet, source, {})};
  const Table table = comparison_table({replayed});
  CHECK(figure(table, "devices") == 16);
  CHECK(figure(table, "delivered") == 200);
  CHECK(*figure(table, "ttft_p50_s") <= *figure(table, "ttft_p99_s"));
  CHECK(*figure(table, "tpot_p50_ms") <= *figure(table, "tpot_p99_ms"));
  CHECK(*figure(table, "e2e_p99_s") >= *figure(table, "ttft_p50_s"));
  CHECK(figure(table, "slo_kept_pct") == 0);
  const double tokens = 200 * 50;
  CHECK(*figure(table, "output_tok_s") * *figure(table, "span_s") == Approx(tokens));
  CHECK(*figure(table, "usd") / tokens * 1e6 == Approx(*figure(table, "usd_per_million_tokens")));
  CHECK(*figure(table, "energy_kwh") * 3.6e6 ==
        Approx(*figure(table, "joules_per_token") * tokens));
  CHECK(pools_table(replayed).rows().size() == 1);
}

TEST_CASE("replay table: goodput is left out where nothing is promised", "[fleet]") {
  const Cluster cluster = shipped_cluster("hgx_h20");
  PlannedFleet fleet = planned(cluster, small_question());
  Listed source = even_requests(10);
  const Replayed replayed{"hgx_h20", &fleet, replay(fleet, source, {})};
  CHECK_FALSE(figure(comparison_table({replayed}), "slo_kept_pct"));
  CHECK(plans_text(replayed).find("16 replicas of TP1 on nv_h20_96") != std::string::npos);
  const std::string json = replay_json({}, {replayed}).text();
  CHECK(json.find("\"schema\": \"chokepoint.replay.requests/1\"") != std::string::npos);
}

TEST_CASE("replay table: requests beyond the context are told where there are any", "[fleet]") {
  const Cluster cluster = shipped_cluster("hgx_h20");
  FleetQuestion question = small_question();
  for (const std::int64_t context : {549, 550}) {
    question.service.context = context;
    PlannedFleet fleet = planned(cluster, question);
    Listed source = even_requests(10);
    const Table table = comparison_table({{"hgx_h20", &fleet, replay(fleet, source, {})}});
    const bool is_told = figure(table, "refused_too_long").has_value();
    CHECK(is_told == (context == 549));
    CHECK(figure(table, "refused") == (is_told ? 10 : 0));
  }
}

}  // namespace
}  // namespace chokepoint
