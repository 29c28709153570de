#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/units.hpp"

namespace chokepoint {

/// What a link of an graph joins.
enum class LinkKind {
  Scaleup,  ///< Packages of one domain, directly or through its switch.
  Card,     ///< A package's network card and the leaf switch.
  Uplink,   ///< Switches of one site.
  Line      ///< Sites.
};

/// A link between two vertices, each direction with its own bandwidth.
struct NetworkLink {
  std::uint32_t a = 0, b = 0;
  BytesPerSecond bandwidth;  ///< Each direction, as attained.
  Seconds latency;
  LinkKind kind = LinkKind::Scaleup;
};

/// One direction of a link: twice its number where it goes from `a` to `b`, one more where it
/// comes back.
using Lane = std::uint32_t;

constexpr std::uint32_t link_of(Lane lane) {
  return lane / 2;
}

/// How traffic is spread over shortest routes that are equal.
enum class Spread {
  ByDestination,  ///< By the destination's port, as InfiniBand's fat-tree routing (D-mod-K).
  Hashed          ///< By a hash of both ends, as ECMP: some links get several flows, others none.
};

/// Devices, switches and the links between them, as a graph: vertices below `devices` are devices,
/// the rest switches. Devices never forward what is for others.
/// Source of routing by destination: Zahavi, J. Parallel Distrib. Comput. 72(11), 2012.
class NetworkGraph {
public:
  /// Requires: ends of every link differ and are vertices; bandwidth positive, latency not
  /// negative, and positive between switches.
  NetworkGraph(std::uint32_t devices, std::uint32_t switches, std::vector<NetworkLink> links,
               Spread spread = Spread::ByDestination);
  ~NetworkGraph();
  NetworkGraph(NetworkGraph&&) noexcept;
  NetworkGraph& operator=(NetworkGraph&&) noexcept;

  std::uint32_t devices() const { return devices_; }
  std::uint32_t vertices() const { return devices_ + switches_; }
  const std::vector<NetworkLink>& links() const { return links_; }
  /// Two for each link.
  std::size_t lanes() const { return 2 * links_.size(); }
  const NetworkLink& link(Lane lane) const { return links_[link_of(lane)]; }

  /// The lanes from one device to another, in order of travel: over scale-up links where they join
  /// both, as libraries do, then least latency, then fewest links, then as `spread` says among
  /// links in order of their numbers. Empty from a device to itself; nothing where there is no way.
  /// Requires: both are devices.
  std::optional<std::vector<Lane>> route(std::uint32_t from, std::uint32_t to) const;

private:
  class Switches;

  std::uint32_t devices_, switches_;
  std::vector<NetworkLink> links_;
  Spread spread_;
  std::unique_ptr<const Switches> inner_;
};

/// Sum of latencies along `route`.
Seconds latency_of(const NetworkGraph& graph, const std::vector<Lane>& route);

}  // namespace chokepoint
