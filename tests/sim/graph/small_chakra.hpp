#pragma once

#include <string>
#include <vector>

#include "chakra/et_def.pb.h"

namespace chokepoint {

/// The bytes of an execution trace: its metadata and its nodes.
std::string chakra_bytes(const std::string& schema, const std::vector<chakra::Node>& nodes);

/// A node that computes.
chakra::Node compute_node(std::uint64_t id, std::int64_t operations, std::uint64_t size,
                          std::vector<std::uint64_t> after = {});

/// A node that exchanges with all ranks of a group.
chakra::Node collective_node(std::uint64_t id, chakra::CollectiveCommType type, std::int64_t bytes,
                             std::vector<std::uint64_t> after = {}, const std::string& group = "");

/// Adds an attribute of that name and value to a node.
void add_attribute(chakra::Node& node, const std::string& name, std::int64_t value);

}  // namespace chokepoint
