#pragma once

#include <map>

#include "models/world.hpp"

namespace chokepoint {

/// Orders keys of ids as tables list them: by `names(world)`, which gives what each column says.
template <class Key>
struct ByName {
  const World* world;

  bool operator()(const Key& a, const Key& b) const { return a.names(*world) < b.names(*world); }
};

/// What is told of each key, in the order of tables.
template <class Key, class Value>
using NamedMap = std::map<Key, Value, ByName<Key>>;

}  // namespace chokepoint
