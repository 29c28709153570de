#include "models/network/cluster_network.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace chokepoint {
namespace {

std::string servers_complaint(const ServerGroup& group, std::size_t number) {
  std::string found;
  const std::string name = "servers " + std::to_string(number) + ": ";
  if (group.devices < 1) found += name + "no device; ";
  if (group.server_devices < 1) found += name + "no device in a server; ";
  if (group.domain < 1) found += name + "no device in a domain; ";
  if (group.shape == ScaleupShape::Ring) found += name + "no route is known in a scale-up ring; ";
  if (!(group.scaleup > BytesPerSecond{})) found += name + "scale-up links have no bandwidth; ";
  if (!(group.scaleout > BytesPerSecond{})) found += name + "network cards have no bandwidth; ";
  return found;
}

std::string design_complaint(const ScaleoutDesign& design) {
  std::string found;
  if (design.leaf_ports < 1) found += "leaf_ports is below 1; ";
  if (!(design.oversubscription >= 1.0)) found += "oversubscription is below 1; ";
  if (!(design.scaleup_hop >= Seconds{})) found += "scaleup_hop is negative; ";
  if (!(design.card_hop >= Seconds{})) found += "card_hop is negative; ";
  if (!(design.switch_hop > Seconds{})) found += "switch_hop is not positive; ";
  return found;
}

// Sites with servers that no lines join to the first.
std::string lines_complaint(const ClusterNetworkSpec& spec) {
  std::string found;
  std::set<std::uint32_t> reached;
  if (!spec.groups.empty()) reached.insert(spec.groups.front().site);
  for (std::size_t round = 0; round <= spec.lines.size(); ++round) {
    for (const SiteLine& line : spec.lines) {
      if (reached.count(line.a) + reached.count(line.b) == 1) reached.insert({line.a, line.b});
    }
  }
  for (const SiteLine& line : spec.lines) {
    if (line.a == line.b) found += "a line joins site " + std::to_string(line.a) + " to itself; ";
    if (!(line.bandwidth > BytesPerSecond{})) found += "a line has no bandwidth; ";
    if (!(line.latency > Seconds{})) found += "a line has no latency; ";
  }
  std::set<std::uint32_t> told;
  for (const ServerGroup& group : spec.groups) {
    if (reached.count(group.site) > 0 || !told.insert(group.site).second) continue;
    found += "no line leads to site " + std::to_string(group.site) + "; ";
  }
  return found;
}

}  // namespace

/// Collects vertices and links, then becomes a network.
class ClusterNetwork::Builder {
public:
  explicit Builder(const ClusterNetworkSpec& spec) : spec_(spec) {
    for (const ServerGroup& group : spec_.groups) devices_ += group.devices;
    for (const ServerGroup& group : spec_.groups) add_group(group);
    add_spines();
    add_lines();
  }

  NetworkGraph graph() {
    return NetworkGraph(devices_, static_cast<std::uint32_t>(names.size()), std::move(links_),
                        spec_.scaleout.spread);
  }

  std::vector<DevicePlace> places;
  std::vector<std::string> names;

private:
  struct Leaf {
    std::uint32_t vertex;
    BytesPerSecond up;  // To its spines together.
  };

  std::uint32_t add_switch(std::string name) {
    names.push_back(std::move(name));
    return devices_ + static_cast<std::uint32_t>(names.size()) - 1;
  }
  void add_group(const ServerGroup& group);
  void add_domain(const ServerGroup& group, std::uint32_t first, std::uint32_t count);
  std::uint32_t leaf_for(const ServerGroup& group, std::uint32_t device,
                         std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t>& made);
  void add_spines();
  void add_lines();

  const ClusterNetworkSpec& spec_;
  std::uint32_t devices_ = 0, domains_ = 0;
  std::vector<NetworkLink> links_;
  std::map<std::uint32_t, std::vector<Leaf>> leaves_;         // By site.
  std::map<std::uint32_t, std::vector<std::uint32_t>> tops_;  // By site: what meets its gateway.
};

void ClusterNetwork::Builder::add_group(const ServerGroup& group) {
  const auto first = static_cast<std::uint32_t>(places.size());
  for (std::uint32_t i = 0; i < group.devices; i += group.domain) {
    add_domain(group, first + i, std::min(group.domain, group.devices - i));
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> made;
  for (std::uint32_t i = 0; i < group.devices; ++i) {
    const std::uint32_t leaf = leaf_for(group, i, made);
    places[first + i].leaf = leaf;
    links_.push_back(
        {first + i, leaf, group.scaleout, spec_.scaleout.card_hop * 0.5, LinkKind::Card});
  }
}

void ClusterNetwork::Builder::add_domain(const ServerGroup& group, std::uint32_t first,
                                         std::uint32_t count) {
  const bool is_meshed = group.shape == ScaleupShape::FullMesh;
  const std::uint32_t number = domains_++;
  places.resize(first + count, {number, 0, group.site, is_meshed});
  const Seconds hop = spec_.scaleout.scaleup_hop;
  if (count == 1) return;
  if (is_meshed) {
    const BytesPerSecond each = group.scaleup / (group.domain - 1.0);
    for (std::uint32_t a = first; a < first + count; ++a) {
      for (std::uint32_t b = a + 1; b < first + count; ++b) {
        links_.push_back({a, b, each, hop, LinkKind::Scaleup});
      }
    }
    return;
  }
  const std::uint32_t middle = add_switch("switch of domain " + std::to_string(number));
  for (std::uint32_t i = first; i < first + count; ++i) {
    links_.push_back({i, middle, group.scaleup, hop * 0.5, LinkKind::Scaleup});
  }
}

// `device` counts within its group.
std::uint32_t ClusterNetwork::Builder::leaf_for(
    const ServerGroup& group, std::uint32_t device,
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t>& made) {
  const ScaleoutDesign& design = spec_.scaleout;
  const bool has_rails = design.shape == ScaleoutShape::RailOptimised;
  const std::uint32_t server = device / group.server_devices, place = device % group.server_devices;
  const std::uint32_t servers =
      has_rails ? design.leaf_ports : std::max(1U, design.leaf_ports / group.server_devices);
  const std::pair key(server / servers, has_rails ? place : 0);
  const auto known = made.find(key);
  if (known != made.end()) return known->second;
  std::vector<Leaf>& leaves = leaves_[group.site];
  std::string name = "leaf " + std::to_string(leaves.size());
  if (has_rails) name += " of rail " + std::to_string(place);
  if (!spec_.lines.empty()) name += " of site " + std::to_string(group.site);
  const double cards = has_rails ? servers : servers * group.server_devices;
  const std::uint32_t vertex = add_switch(std::move(name));
  leaves.push_back({vertex, group.scaleout * (cards / design.oversubscription)});
  made.emplace(key, vertex);
  return vertex;
}

void ClusterNetwork::Builder::add_spines() {
  const ScaleoutDesign& design = spec_.scaleout;
  for (const auto& [site, leaves] : leaves_) {
    std::vector<std::uint32_t>& tops = tops_[site];
    if (leaves.size() == 1) {
      tops = {leaves.front().vertex};
      continue;
    }
    const double count = std::max(1.0, std::round(design.leaf_ports / design.oversubscription));
    while (static_cast<double>(tops.size()) < count) {
      const std::uint32_t spine = add_switch("spine " + std::to_string(tops.size()));
      tops.push_back(spine);
      for (const Leaf& leaf : leaves) {
        links_.push_back(
            {leaf.vertex, spine, leaf.up / count, design.switch_hop, LinkKind::Uplink});
      }
    }
  }
}

void ClusterNetwork::Builder::add_lines() {
  std::map<std::uint32_t, BytesPerSecond> width;  // Of all lines at a site or a meeting point.
  for (const SiteLine& line : spec_.lines) {
    width[line.a] += line.bandwidth;
    width[line.b] += line.bandwidth;
  }
  std::map<std::uint32_t, std::uint32_t> gateways;
  for (const auto& [site, bandwidth] : width) {
    gateways[site] = add_switch("gateway of site " + std::to_string(site));
    const auto tops = tops_.find(site);
    if (tops == tops_.end()) continue;
    for (const std::uint32_t top : tops->second) {
      links_.push_back(
          {top, gateways[site], bandwidth, spec_.scaleout.switch_hop, LinkKind::Uplink});
    }
  }
  for (const SiteLine& line : spec_.lines) {
    links_.push_back(
        {gateways[line.a], gateways[line.b], line.bandwidth, line.latency, LinkKind::Line});
  }
}

std::string network_complaint(const ClusterNetworkSpec& spec) {
  std::string found = design_complaint(spec.scaleout);
  if (spec.groups.empty()) found += "no servers; ";
  for (std::size_t i = 0; i < spec.groups.size(); ++i)
    found += servers_complaint(spec.groups[i], i);
  found += lines_complaint(spec);
  if (!found.empty()) found.resize(found.size() - 2);
  return found;
}

ClusterNetwork::ClusterNetwork(const ClusterNetworkSpec& spec) : ClusterNetwork(Builder(spec)) {}

ClusterNetwork::ClusterNetwork(Builder&& built)
    : places_(std::move(built.places)),
      graph_(built.graph()),
      switch_names_(std::move(built.names)) {}

std::string ClusterNetwork::vertex_name(std::uint32_t vertex) const {
  const std::uint32_t devices = graph_.devices();
  return vertex < devices ? "device " + std::to_string(vertex) : switch_names_[vertex - devices];
}

std::string ClusterNetwork::lane_name(Lane lane) const {
  const NetworkLink& link = graph_.link(lane);
  const bool back = lane % 2 == 1;
  return vertex_name(back ? link.b : link.a) + " -> " + vertex_name(back ? link.a : link.b);
}

}  // namespace chokepoint
