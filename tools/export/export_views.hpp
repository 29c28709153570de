#pragma once

#include <string>
#include <vector>

namespace chokepoint {

/// A question that an exported database answers by name.
struct ExportView {
  std::string name, select;
};

/// Views over exported_tables(); the README of this folder says what each is for.
const std::vector<ExportView>& export_views();

}  // namespace chokepoint
