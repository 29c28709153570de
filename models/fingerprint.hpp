#pragma once

#include <cstdint>
#include <string_view>

namespace chokepoint {

/// That of no bytes at all.
inline constexpr std::uint64_t kFingerprintOfNothing = 0xcbf29ce484222325U;

/// A number that stands for `bytes`: FNV-1a with 64 bits, the same on every machine. Names random
/// streams, tracks and scenarios, and tells a file that was changed; not a protection against
/// forgery. Of bytes in parts: `before` is that of the parts so far.
/// Source: Fowler, Noll, Vo, draft-eastlake-fnv.
constexpr std::uint64_t fingerprint(std::string_view bytes,
                                    std::uint64_t before = kFingerprintOfNothing) {
  std::uint64_t hash = before;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  }
  return hash;
}

}  // namespace chokepoint
