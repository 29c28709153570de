#include "models/network/network_graph.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <cassert>
#include <functional>
#include <limits>
#include <utility>

namespace chokepoint {
namespace {

// Vertices are switches, numbered from 0; edges know their link.
using SwitchGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS,
                                          boost::no_property, std::uint32_t>;

// Spreads pairs evenly. Source: splitmix64, Steele, Lea, Flood, OOPSLA 2014.
std::uint64_t hash_of(std::uint32_t from, std::uint32_t to) {
  std::uint64_t mixed = (std::uint64_t{from} << 32 | to) + 0x9e3779b97f4a7c15ULL;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
  return mixed ^ (mixed >> 31);
}

}  // namespace

/// How far switches are from each other, and what each device is attached to.
class NetworkGraph::Switches {
public:
  // Compared in this order.
  struct Way {
    double latency_s;
    int links;
    auto operator<=>(const Way&) const = default;
  };
  static constexpr Way kNoWay{std::numeric_limits<double>::infinity(),
                              std::numeric_limits<int>::max()};
  static Way way_over(const NetworkLink& link) { return {link.latency.value, 1}; }
  static Way onward(const Way& a, const Way& b) {
    return {a.latency_s + b.latency_s, a.links + b.links};
  }

  struct Attachment {
    Lane lane;            // From the device.
    std::uint32_t other;  // A device, or a switch numbered from `devices`.
    std::uint32_t port;   // Of the switch, in order of links.
  };

  Switches(std::uint32_t devices, std::uint32_t switches, const std::vector<NetworkLink>& links);

  const std::vector<Attachment>& of(std::uint32_t device) const { return attached_[device]; }
  /// From switch `from` to switch `to`, both numbered from 0.
  Way way(std::uint32_t from, std::uint32_t to) const {
    if (from == to) return {};
    return to_go_[to].empty() ? kNoWay : to_go_[to][from];
  }
  /// The lanes that start a shortest way, in order of links, with the switch behind each.
  std::vector<std::pair<Lane, std::uint32_t>> first_steps(
      std::uint32_t from, std::uint32_t to, const std::vector<NetworkLink>& links) const;

private:
  std::vector<std::vector<Attachment>> attached_;                 // By device.
  std::vector<std::vector<std::pair<Lane, std::uint32_t>>> out_;  // By switch, to switches.
  std::vector<std::vector<Way>> to_go_;  // By switch with devices, from every switch.
};

NetworkGraph::Switches::Switches(std::uint32_t devices, std::uint32_t switches,
                                 const std::vector<NetworkLink>& links)
    : attached_(devices), out_(switches), to_go_(switches) {
  SwitchGraph graph(switches);
  std::vector<std::uint32_t> ports(switches);
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    const auto [a, b] = std::pair(links[i].a, links[i].b);
    if (a >= devices && b >= devices) {
      boost::add_edge(a - devices, b - devices, i, graph);
      out_[a - devices].emplace_back(2 * i, b - devices);
      out_[b - devices].emplace_back(2 * i + 1, a - devices);
      continue;
    }
    if (a < devices) attached_[a].push_back({2 * i, b, b < devices ? 0 : ports[b - devices]++});
    if (b < devices) attached_[b].push_back({2 * i + 1, a, a < devices ? 0 : ports[a - devices]++});
  }
  const auto weight = boost::make_function_property_map<SwitchGraph::edge_descriptor>(
      [&](const SwitchGraph::edge_descriptor& edge) { return way_over(links[graph[edge]]); });
  const auto index = boost::get(boost::vertex_index, graph);
  for (std::uint32_t to = 0; to < switches; ++to) {
    if (ports[to] == 0 || out_[to].empty()) continue;
    to_go_[to].resize(switches);
    boost::dijkstra_shortest_paths(
        graph, boost::vertex(to, graph),
        boost::weight_map(weight)
            .distance_map(boost::make_iterator_property_map(to_go_[to].begin(), index))
            .distance_compare(std::less<>{})
            .distance_combine(&onward)
            .distance_inf(kNoWay)
            .distance_zero(Way{}));
  }
}

std::vector<std::pair<Lane, std::uint32_t>> NetworkGraph::Switches::first_steps(
    std::uint32_t from, std::uint32_t to, const std::vector<NetworkLink>& links) const {
  std::vector<std::pair<Lane, std::uint32_t>> found;
  for (const auto& [lane, next] : out_[from]) {
    // Exact: Dijkstra's algorithm made the left side by this very addition.
    if (way(from, to) == onward(way(next, to), way_over(links[link_of(lane)]))) {
      found.emplace_back(lane, next);
    }
  }
  return found;
}

NetworkGraph::NetworkGraph(std::uint32_t devices, std::uint32_t switches,
                           std::vector<NetworkLink> links, Spread spread)
    : devices_(devices), switches_(switches), links_(std::move(links)), spread_(spread) {
  for ([[maybe_unused]] const NetworkLink& link : links_) {
    assert(link.a != link.b && std::max(link.a, link.b) < vertices());
    assert(link.bandwidth > BytesPerSecond{} && link.latency >= Seconds{});
    assert(link.latency > Seconds{} || std::min(link.a, link.b) < devices_);
  }
  inner_ = std::make_unique<Switches>(devices_, switches_, links_);
}

NetworkGraph::~NetworkGraph() = default;
NetworkGraph::NetworkGraph(NetworkGraph&&) noexcept = default;
NetworkGraph& NetworkGraph::operator=(NetworkGraph&&) noexcept = default;

std::optional<std::vector<Lane>> NetworkGraph::route(std::uint32_t from, std::uint32_t to) const {
  assert(from < devices_ && to < devices_);
  if (from == to) return std::vector<Lane>{};
  using Attachment = Switches::Attachment;
  using Way = Switches::Way;
  const auto way_over = [&](Lane lane) { return Switches::way_over(link(lane)); };
  // Over scale-up links first, however short the hops of others are.
  const auto leaves = [&](Lane lane) { return link(lane).kind != LinkKind::Scaleup; };
  std::pair<bool, Way> best{true, Switches::kNoWay};
  const Attachment *first = nullptr, *last = nullptr;
  for (const Attachment& out : inner_->of(from)) {
    const std::pair direct{leaves(out.lane), way_over(out.lane)};
    if (out.other == to && direct < best) best = direct, first = &out, last = nullptr;
    if (out.other < devices_) continue;
    for (const Attachment& in : inner_->of(to)) {
      if (in.other < devices_) continue;
      const Way between = inner_->way(out.other - devices_, in.other - devices_);
      if (between == Switches::kNoWay) continue;
      const std::pair way{
          leaves(out.lane) || leaves(in.lane),
          Switches::onward(Switches::onward(way_over(out.lane), between), way_over(in.lane))};
      if (way < best) best = way, first = &out, last = &in;
    }
  }
  if (first == nullptr) return std::nullopt;
  std::vector<Lane> route{first->lane};
  if (last == nullptr) return route;
  const std::uint32_t end = last->other - devices_;
  for (std::uint32_t at = first->other - devices_; at != end;) {
    const auto steps = inner_->first_steps(at, end, links_);
    assert(!steps.empty());
    const std::uint64_t turn = spread_ == Spread::Hashed ? hash_of(from, to) : last->port;
    const auto& [lane, next] = steps[turn % steps.size()];
    route.push_back(lane);
    at = next;
  }
  route.push_back(last->lane ^ 1U);
  return route;
}

Seconds latency_of(const NetworkGraph& graph, const std::vector<Lane>& route) {
  Seconds sum;
  for (const Lane lane : route) sum += graph.link(lane).latency;
  return sum;
}

}  // namespace chokepoint
