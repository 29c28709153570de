#include "models/supply/stage_graph.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/edmonds_karp_max_flow.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/property_map/property_map.hpp>
#include <cassert>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <utility>

namespace chokepoint {
namespace {

using FlowGraph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                          boost::property<boost::edge_index_t, std::size_t>>;
using ArcOf = FlowGraph::edge_descriptor;

constexpr std::size_t kSource = 0, kSink = 1, kWork = 2;

std::size_t inlet(std::size_t stage) {
  return 3 + 2 * stage;
}
std::size_t outlet(std::size_t stage) {
  return 4 + 2 * stage;
}

// Arcs come in pairs, there (even) and back (odd). Numbers of pairs:
std::size_t made_arc(std::size_t stage) {
  return 3 * stage;
}
std::size_t stock_arc(std::size_t stage) {
  return 3 * stage + 1;
}
std::size_t start_arc(std::size_t stage) {
  return 3 * stage + 2;
}
std::size_t flow_arc(std::size_t stages, std::size_t flow) {
  return 3 * stages + flow;
}

const StageId* stage_after(const Flow& flow) {
  return std::get_if<StageId>(&flow.to);
}

// Every stage after those that it feeds; throws boost::not_a_dag on a cycle.
std::vector<StageId> downstream_first(const SupplyNetwork& network) {
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(network.stages.size());
  for (const Flow& flow : network.flows) {
    if (const StageId* to = stage_after(flow)) {
      assert(flow.from.value < network.stages.size() && to->value < network.stages.size());
      boost::add_edge(flow.from.value, to->value, graph);
    }
  }
  std::vector<std::size_t> order;
  boost::topological_sort(graph, std::back_inserter(order));
  std::vector<StageId> result;
  result.reserve(order.size());
  for (const std::size_t stage : order) result.push_back({static_cast<std::uint32_t>(stage)});
  return result;
}

}  // namespace

// The graph itself, the way back of every arc, and the last search of a greatest flow in it.
struct ComponentGraph::Arcs {
  FlowGraph graph;
  std::vector<ArcOf> back;  // By number of arc.

  explicit Arcs(std::size_t vertices) : graph(vertices) {}

  void add(std::size_t from, std::size_t to) {
    const std::size_t number = back.size();
    const ArcOf there = boost::add_edge(from, to, number, graph).first;
    const ArcOf here = boost::add_edge(to, from, number + 1, graph).first;
    back.push_back(here);
    back.push_back(there);
  }

  struct Solution {
    std::vector<double> residual;                  // By number of arc.
    std::vector<boost::default_color_type> color;  // White: out of reach of the source.

    // What is left on the way back is what went there; exact for endless arcs too.
    double flow(std::size_t pair) const { return residual[2 * pair + 1]; }
    bool reaches(std::size_t vertex) const {
      return color[vertex] != boost::default_color_type::white_color;
    }
  };

  Solution solve(const std::vector<double>& capacity) const {
    Solution result;
    result.residual.resize(capacity.size());
    result.color.resize(boost::num_vertices(graph));
    std::vector<ArcOf> reached_by(boost::num_vertices(graph));
    const auto number = boost::get(boost::edge_index, graph);
    const auto vertex = boost::get(boost::vertex_index, graph);
    boost::edmonds_karp_max_flow(graph, kSource, kSink,
                                 boost::make_iterator_property_map(capacity.begin(), number),
                                 boost::make_iterator_property_map(result.residual.begin(), number),
                                 boost::make_iterator_property_map(back.begin(), number),
                                 boost::make_iterator_property_map(result.color.begin(), vertex),
                                 boost::make_iterator_property_map(reached_by.begin(), vertex));
    return result;
  }
};

ComponentGraph::ComponentGraph(const SupplyNetwork& network, const Bill& bill, const Need& need,
                               const std::vector<StageId>& order)
    : need_(need), assembly_yield_(bill.assembly_yield.value) {
  assert(need.units > 0.0);
  constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> place(network.stages.size(), kNone);
  for (const StageId stage : order) {
    for (const Flow& flow : network.flows) {
      if (flow.from != stage) continue;
      const StageId* to = stage_after(flow);
      const bool leads_there =
          to ? place[to->value] != kNone : std::get<ComponentId>(flow.to) == need.component;
      if (!leads_there) continue;
      if (place[stage.value] == kNone) {
        place[stage.value] = stages_.size();
        stages_.push_back(stage);
      }
      assert(flow.units_out_per_in.value > 0.0);
      links_.push_back({place[stage.value], to ? std::optional(place[to->value]) : std::nullopt,
                        flow.units_out_per_in.value});
    }
  }
  for (const StageId id : stages_) {
    const SupplyStage& stage = network.stages[id.value];
    const bool fed = std::ranges::any_of(network.flows, [&](const Flow& flow) {
      const StageId* to = stage_after(flow);
      return to && *to == id;
    });
    is_fed_.push_back(fed);
    works_ahead_stage_.push_back(makes_ahead(stage));
    can_make_.push_back(fed || stage.capacity.has_value());
    works_ahead_ = works_ahead_ || (makes_ahead(stage) && can_make_.back());
  }

  std::vector<int> lead(stages_.size(), 0);  // After the stage.
  for (const Link& link : links_) {
    const int after =
        link.to ? lead[*link.to] + network.stages[stages_[*link.to].value].lead_months : 0;
    lead[link.from] = std::max(lead[link.from], after);
    lead_months_ = std::max(lead_months_,
                            lead[link.from] + network.stages[stages_[link.from].value].lead_months);
  }

  auto arcs = std::make_shared<Arcs>(3 + 2 * stages_.size());
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    const std::size_t before = is_fed_[i] ? inlet(i) : kSource;
    arcs->add(before, outlet(i));
    arcs->add(kSource, outlet(i));
    arcs->add(before, kWork);
  }
  for (const Link& link : links_) {
    arcs->add(outlet(link.from), link.to ? inlet(*link.to) : kSink);
  }
  arcs->add(kWork, kSink);
  arcs_ = std::move(arcs);
}

DevicesPerUnit ComponentGraph::devices_per_unit(const std::vector<double>& yields) const {
  DevicesPerUnit worth{std::vector<double>(stages_.size(), 0.0),
                       std::vector<double>(links_.size(), 0.0)};
  std::vector<bool> is_set(stages_.size(), false);
  for (std::size_t f = 0; f < links_.size(); ++f) {
    const Link& link = links_[f];
    double each = link.units_out_per_in;
    if (link.to) {
      each *= yields[stages_[*link.to].value] * worth.stages[*link.to];
    } else {
      each *= assembly_yield_ / need_.units;
      const double own = yields[stages_[link.from].value];
      if (!need_.known_good) each *= std::pow(own, need_.units - 1.0);
    }
    worth.flows[f] = each;
    double& of_stage = worth.stages[link.from];
    of_stage = is_set[link.from] ? std::min(of_stage, each) : each;
    is_set[link.from] = true;
  }
  return worth;
}

std::vector<double> ComponentGraph::capacities(const FlowLimits& limits) const {
  assert(limits.stages.size() == stages_.size());
  std::vector<double> capacity(2 * flow_arc(stages_.size(), links_.size() + 1), 0.0);
  const auto set = [&](std::size_t pair, double value) {
    capacity[2 * pair] = value > kNegligible ? value : 0.0;
  };
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    const StageFlow& stage = limits.stages[i];
    if (can_make_[i]) set(made_arc(i), stage.made);
    set(stock_arc(i), stage.stock);
    if (can_make_[i] && works_ahead_stage_[i]) set(start_arc(i), stage.started);
  }
  for (std::size_t f = 0; f < links_.size(); ++f) {
    set(flow_arc(stages_.size(), f),
        links_[f].to || limits.delivers ? std::numeric_limits<double>::infinity() : 0.0);
  }
  set(flow_arc(stages_.size(), links_.size()), limits.started);
  return capacity;
}

ComponentFlow ComponentGraph::max_flow(const FlowLimits& limits) const {
  ComponentFlow result;
  const auto capacity = capacities(limits);
  const auto solution = arcs_->solve(capacity);
  const auto within = [&](std::size_t arc) {  // Sums of augmentations may round beyond it.
    return std::min(solution.flow(arc), capacity[2 * arc]);
  };
  result.stages.resize(stages_.size());
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    result.stages[i] = {within(made_arc(i)), within(stock_arc(i)), within(start_arc(i))};
  }
  result.flows.resize(links_.size());
  for (std::size_t f = 0; f < links_.size(); ++f) {
    result.flows[f] = solution.flow(flow_arc(stages_.size(), f));
    if (!links_[f].to) result.delivered += result.flows[f];
  }
  result.started = solution.flow(flow_arc(stages_.size(), links_.size()));
  return result;
}

ComponentCut ComponentGraph::min_cut(const FlowLimits& limits) const {
  ComponentCut cut;
  const auto capacity = capacities(limits);
  const auto solution = arcs_->solve(capacity);
  for (const ArcOf& arc : boost::make_iterator_range(boost::edges(arcs_->graph))) {
    const std::size_t from = boost::source(arc, arcs_->graph);
    const std::size_t to = boost::target(arc, arcs_->graph);
    const std::size_t number = boost::get(boost::edge_index, arcs_->graph, arc);
    if (solution.reaches(from) && !solution.reaches(to)) cut.capacity += capacity[number];
    if (to == kSink) cut.flow += solution.flow(number / 2);
  }
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    const bool beyond = !solution.reaches(outlet(i));
    const bool before = solution.reaches(is_fed_[i] ? inlet(i) : kSource);
    cut.stages.push_back({beyond && before && can_make_[i], beyond});
  }
  return cut;
}

StageGraph::StageGraph(SupplyNetwork network) : network_(std::move(network)) {
  assert(!has_cycle(network_));
  for ([[maybe_unused]] const SupplyStage& stage : network_.stages) {
    assert(stage.lead_months == 0 || (stage.lead_months > 0 && stage.kind != StageKind::Equipment &&
                                      stage.kind != StageKind::Packaging));
  }
  const auto order = downstream_first(network_);
  for (const Bill& bill : network_.bills) {
    assert(!bill.needs.empty());
    auto& graphs = graphs_.emplace_back();
    std::set<StageId> stages;
    for (const Need& need : bill.needs) {
      assert(need.component.value < network_.components.size());
      graphs.emplace_back(network_, bill, need, order);
      stages.insert(graphs.back().stages().begin(), graphs.back().stages().end());
    }
    stages_.emplace_back(stages.begin(), stages.end());
  }
}

bool has_cycle(const SupplyNetwork& network) {
  try {
    downstream_first(network);
  } catch (const boost::not_a_dag&) {
    return true;
  }
  return false;
}

}  // namespace chokepoint
