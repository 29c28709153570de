#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chokepoint/v1/scenario.pb.h"
#include "models/world.hpp"

namespace chokepoint {

/// The catalogue as it is written and as it is read; element i of both is the same thing.
struct Catalog {
  chokepoint::v1::Scenario written;
  World read;
};

/// Kinds that can be listed, as the schema calls their lists: "devices", "nodes", ...
const std::vector<std::string>& catalog_kinds();

/// The kind that a word means, "device" or "devices"; nothing where there is none.
std::optional<std::string> catalog_kind(const std::string& word);

/// Names of all entries of a kind, in their order. Requires: one of catalog_kinds().
std::vector<std::string> entry_names(const Catalog& catalog, const std::string& kind);

/// The entry of that name. Requires: one of entry_names().
const google::protobuf::Message& entry(const Catalog& catalog, const std::string& kind,
                                       const std::string& name);

/// Every message below `message`, itself included, that rests on a source, with its path below it.
using SourceVisitor =
    std::function<void(const google::protobuf::Message& value, const std::string& path)>;
void visit_sourced(const google::protobuf::Message& message, const SourceVisitor& visit,
                   const std::string& path = "");

/// How many values of the catalogue rest on each source, alternatives left out, by key.
std::map<std::string, int> values_by_source(const chokepoint::v1::Scenario& written);

}  // namespace chokepoint
