#pragma once

#include <cstdint>
#include <string_view>

namespace chokepoint {

/// A number that stands for `bytes`: FNV-1a with 64 bits, the same on every machine. Names random
/// streams, tracks and scenarios; not a protection against forgery.
/// Source: Fowler, Noll, Vo, draft-eastlake-fnv.
constexpr std::uint64_t fingerprint(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  }
  return hash;
}

}  // namespace chokepoint
