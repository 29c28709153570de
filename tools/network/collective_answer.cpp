#include "tools/network/collective_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace chokepoint {
namespace {

constexpr double kGb = 1e9;

std::string_view name_of(ScaleupShape shape) {
  switch (shape) {
    case ScaleupShape::Switched:
      return "switched";
    case ScaleupShape::FullMesh:
      return "full mesh";
    case ScaleupShape::Ring:
      return "ring";
    case ScaleupShape::PcieTree:
      return "PCIe tree";
  }
  return "";
}

std::string_view name_of(LinkKind kind) {
  switch (kind) {
    case LinkKind::Scaleup:
      return "scale-up link";
    case LinkKind::Card:
      return "network card";
    case LinkKind::Uplink:
      return "uplink";
    case LinkKind::Line:
      return "line between sites";
  }
  return "";
}

std::string pool_text(const NetworkPool& pool) {
  const ServerGroup& servers = pool.servers;
  const std::string shape =
      std::string(name_of(servers.shape)) + (pool.shape_is_stated ? "" : " (not stated)");
  return fmt::format(
      "{}: {} {} in servers of {}, domains of {}, {}\n"
      "  attained by one device: scale-up {:.1f} GB/s ({}), scale-out {:.1f} GB/s\n",
      pool.name, servers.devices, pool.device->name, servers.server_devices, servers.domain, shape,
      servers.scaleup.value / kGb, pool.scaleup_is_measured ? "measured" : "as the network says",
      servers.scaleout.value / kGb);
}

std::string design_text(const CollectiveSubject& subject, BytesPerSecond bisection) {
  const ScaleoutDesign& design = subject.design.scaleout;
  return fmt::format(
      "network {}: {}, {} cards to a leaf, oversubscribed {:g} to 1, routes {}\n"
      "  bisection {} GB/s, scale-up links included\n",
      subject.design.name,
      design.shape == ScaleoutShape::RailOptimised ? "rails" : "leaf per server", design.leaf_ports,
      design.oversubscription,
      design.spread == Spread::ByDestination ? "by destination" : "by hash",
      format_value(bisection.value / kGb));
}

FlowSchedule schedule_of(const ClusterNetwork& network, const CollectiveJob& job) {
  const DeviceGroup group = group_of(network, devices_of(job));
  GroupCollectives collectives(network, group);
  return flows_of(collectives.plan(job.kind, job.bytes));
}

std::size_t most_at_once(const FlowSchedule& schedule) {
  std::size_t most = 0;
  for (const FlowPhase& phase : schedule) most = std::max(most, phase.flows.size());
  return most;
}

std::string job_text(const CollectiveJob& job) {
  std::string text = fmt::format("{} of {} bytes over {} devices", name_of(job.kind),
                                 format_value(job.bytes.value), job.devices);
  if (job.first > 0) text += fmt::format(", from {} on", job.first);
  if (job.stride > 1) text += fmt::format(", {} apart", job.stride);
  return text;
}

}  // namespace

CollectiveAnswer::CollectiveAnswer(const CollectiveSubject& subject, const ClusterNetwork& network)
    : subject_(subject),
      network_(network),
      group_(group_of(network, devices_of(subject.asked))),
      collectives_(network_, group_),
      plan_(collectives_.plan(subject.asked.kind, subject.asked.bytes)) {}

std::size_t CollectiveAnswer::flows() const {
  std::vector<FlowSchedule> schedules{flows_of(plan_)};
  for (const CollectiveJob& job : subject_.beside) schedules.push_back(schedule_of(network_, job));
  std::size_t sum = 0;
  for (const FlowSchedule& left : without_twins(network_.graph(), schedules)) {
    sum += most_at_once(left);
  }
  return sum;
}

void CollectiveAnswer::play(PlayFlows player) {
  const NetworkGraph& graph = network_.graph();
  std::vector<FlowJob> jobs{{flows_of(plan_), false}};
  alone_ = player(graph, jobs).front().end;
  if (subject_.beside.empty()) return;
  for (const CollectiveJob& job : subject_.beside) {
    jobs.push_back({schedule_of(network_, job), true});
  }
  beside_ = player(graph, jobs).front().end;
}

std::string CollectiveAnswer::binding() const {
  Seconds wait;
  std::map<Lane, Seconds> moving;  // By the lane that binds; stages may have the same one.
  for (const CollectiveStage& stage : plan_.stages) {
    wait += stage.wait;
    moving[stage.traffic->busiest] += stage.time - stage.wait;
  }
  if (wait > plan_.time * 0.5) {
    return fmt::format("hops: {} of the time no bandwidth would shorten",
                       format_share(wait / plan_.time));
  }
  const auto longest =
      std::ranges::max_element(moving, {}, &std::pair<const Lane, Seconds>::second);
  return fmt::format("{} {}: {} of the time", name_of(network_.graph().link(longest->first).kind),
                     network_.lane_name(longest->first),
                     format_share(longest->second / plan_.time));
}

Table CollectiveAnswer::stage_table() const {
  Table table("stages", {Column("stage"), Column("sent_mb", Type::Real, "sent, MB"),
                         Column("attained_gb_s"), Column("wait_ms", Type::Real, "wait, ms"),
                         Column("time_ms", Type::Real, "time, ms"), Column("busiest")});
  for (const CollectiveStage& stage : plan_.stages) {
    table.add_row({std::string(stage.name), stage.sent.value / 1e6,
                   stage.traffic->fabric.bandwidth.value / kGb, stage.wait.value * 1e3,
                   stage.time.value * 1e3, network_.lane_name(stage.traffic->busiest)});
  }
  return table;
}

Table CollectiveAnswer::time_table() const {
  Table table("times", {Column("way"), Column("time_ms", Type::Real, "time, ms"),
                        Column("bus_gb_s"), Column("difference", Type::Text)});
  const Exchange exchange{static_cast<double>(group_.devices.size()), subject_.asked.bytes};
  const auto add = [&](const char* way, Seconds time) {
    const double bus = bus_bandwidth(subject_.asked.kind, exchange, time).value / kGb;
    table.add_row(
        {way, time.value * 1e3, bus, format_percent((time / plan_.time - 1.0) * 100.0) + " %"});
  };
  add("closed form", plan_.time);
  if (alone_) add("flows, alone", *alone_);
  if (beside_) add("flows, in company", *beside_);
  return table;
}

std::string CollectiveAnswer::text() const {
  std::string text = job_text(subject_.asked) + "\n\n";
  for (const NetworkPool& pool : subject_.pools) text += pool_text(pool);
  text += design_text(subject_, bisection(network_.graph()).bandwidth) + "\n";
  text += to_text(stage_table()) + "\n" + to_text(time_table()) + "\n";
  text += "binds  " + binding() + "\n";
  for (const CollectiveJob& job : subject_.beside)
    text += "beside " + job_text(job) + ", again and again\n";
  return text;
}

JsonValue CollectiveAnswer::json() const {
  JsonValue pools = JsonValue::list();
  for (const NetworkPool& pool : subject_.pools) {
    JsonValue one = JsonValue::object();
    one.add("name", pool.name)
        .add("device", pool.device->name)
        .add("devices", double(pool.servers.devices))
        .add("server_devices", double(pool.servers.server_devices))
        .add("domain", double(pool.servers.domain))
        .add("shape", std::string(name_of(pool.servers.shape)))
        .add("scaleup_gb_s", pool.servers.scaleup.value / kGb)
        .add("scaleout_gb_s", pool.servers.scaleout.value / kGb);
    pools.push(std::move(one));
  }
  JsonValue beside = JsonValue::list();
  for (const CollectiveJob& job : subject_.beside) beside.push(job_text(job));
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.estimate.collective/1")
      .add("kind", std::string(name_of(subject_.asked.kind)))
      .add("bytes", subject_.asked.bytes.value)
      .add("devices", double(subject_.asked.devices))
      .add("network", subject_.design.name)
      .add("bisection_gb_s", bisection(network_.graph()).bandwidth.value / kGb)
      .add("pools", std::move(pools))
      .add("stages", to_json(stage_table()))
      .add("times", to_json(time_table().without({"difference"})))
      .add("binds", binding())
      .add("beside", std::move(beside));
  return json;
}

}  // namespace chokepoint
