#pragma once

#include <array>
#include <string>
#include <vector>

#include "tools/catalog/entries.hpp"

namespace chokepoint {

/// A device whose computed TPP is not the published one.
struct TppDifference {
  std::string device;
  double computed = 0.0;
  double published = 0.0;
};

/// What there is to say of the quality of a catalogue's figures.
struct CatalogReview {
  int values = 0;                          ///< Figures, texts and dimensions.
  std::array<int, 4> by_confidence = {};   ///< As Confidence orders them.
  int ranged = 0;                          ///< Figures with low and high.
  std::vector<std::string> contested;      ///< Paths of figures with another value elsewhere.
  std::vector<std::string> idle_sources;   ///< That nothing rests on.
  int published_tpp = 0;                   ///< Devices with one.
  std::vector<TppDifference> differences;  ///< Beyond 0.1 %.
};

CatalogReview review(const Catalog& catalog);

std::string review_text(const CatalogReview& review);

/// As JSON with schema "chokepoint.catalog.check/1".
std::string review_json(const CatalogReview& review);

}  // namespace chokepoint
