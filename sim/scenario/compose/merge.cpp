#include "sim/scenario/compose/edits.hpp"

#include <algorithm>
#include <utility>

#include "chokepoint/v1/policy.pb.h"
#include "chokepoint/v1/sourced.pb.h"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/read_text.hpp"

namespace chokepoint {

namespace {

std::string shown(const SourceLocation& where) {
  return where.file.str() + ":" + std::to_string(where.line);
}

// Where an element says its name; the element itself where it does not.
const SourceLocation& name_place(Places& element) {
  const auto& name = *element.field->message_type()->FindFieldByName("name");
  const Places* place = find_place(element, name);
  return place == nullptr ? element.where : place->where;
}

void report_same_name(const FieldDescriptor& list, const std::string& name, Places& first,
                      Places& second, const std::string& advice, Diagnostics& found) {
  std::string kinds = list.name();
  std::ranges::replace(kinds, '_', ' ');
  found.error(name_place(second), concat("two ", kinds, " are called ", in_quotes(name)),
              concat("the first is in ", shown(name_place(first)), advice));
}

class Merger {
public:
  Merger(OnKnownName on_known_name, Diagnostics& found)
      : on_known_name_(on_known_name), found_(found) {}

  void merge(Located into, Located from);

private:
  void merge_list(Located into, Located from, const FieldDescriptor& field);
  bool add(Located into, Located element, const FieldDescriptor& field);
  void merge_or_replace(Located into, Located from, const FieldDescriptor& field);
  void replace(Located into, Located from, const FieldDescriptor& field);
  void take_zeros(Located into, Located from);
  void take_empty_list(Located into, const Places& list);

  OnKnownName on_known_name_;
  Diagnostics& found_;
};

void Merger::merge(Located into, Located from) {
  take_zeros(into, from);
  std::vector<const FieldDescriptor*> written;
  from.message.GetReflection()->ListFields(from.message, &written);
  for (const auto* field : written) {
    if (is_keyed(*field)) {
      merge_list(into, from, *field);
    } else {
      merge_or_replace(into, from, *field);
    }
  }
}

void Merger::merge_or_replace(Located into, Located from, const FieldDescriptor& field) {
  const auto* reflection = into.message.GetReflection();
  const bool mergeable = !field.is_repeated() && field.message_type() != nullptr &&
                         !is_replaced_whole(*field.message_type());
  Places* place = mergeable ? find_place(into.places, field) : nullptr;
  if (place == nullptr) return replace(into, from, field);
  merge({*reflection->MutableMessage(&into.message, &field), *place},
        {*reflection->MutableMessage(&from.message, &field), *find_place(from.places, field)});
}

void Merger::replace(Located into, Located from, const FieldDescriptor& field) {
  const auto* reflection = into.message.GetReflection();
  reflection->ClearField(&into.message, &field);
  reflection->SwapFields(&into.message, &from.message, {&field});
  forget(into.places, field);
  for (auto& place : from.places.inside) {
    if (place.field == &field) into.places.inside.push_back(std::move(place));
  }
}

void Merger::merge_list(Located into, Located from, const FieldDescriptor& field) {
  const auto* reflection = into.message.GetReflection();
  const int before = reflection->FieldSize(into.message, &field);
  int i = 0;
  for (auto& place : from.places.inside) {
    if (place.field != &field || place.empty_list) continue;
    Message& element = *reflection->MutableRepeatedMessage(&from.message, &field, i);
    const std::string name = name_of(from.message, field, i++);
    const auto same = name.empty() ? std::nullopt : find_named(into, field, name);
    if (!same || *same >= before) {  // Of two in one file each is added.
      if (!add(into, {element, place}, field)) return;
      continue;
    }
    Places& first = element_place(into.places, field, *same, into.places.where);
    if (on_known_name_ == OnKnownName::Report) {
      report_same_name(field, name, first, place, "; to change it, give this file a base", found_);
      continue;
    }
    merge({*reflection->MutableRepeatedMessage(&into.message, &field, *same), first},
          {element, place});
  }
}

// Adds an element behind the others. False, after a report, where the list is full.
bool Merger::add(Located into, Located element, const FieldDescriptor& field) {
  const auto* reflection = into.message.GetReflection();
  const int size = reflection->FieldSize(into.message, &field);
  if (size == kMostInList) {
    found_.error(element.places.where,
                 concat(field.name(), " has more than ", kMostInList, " elements in all"));
    return false;
  }
  if (size > 0) element_place(into.places, field, size - 1, into.places.where);
  Message* added = reflection->AddMessage(&into.message, &field);
  added->GetReflection()->Swap(added, &element.message);
  into.places.inside.push_back(std::move(element.places));
  return true;
}

// What is written and yet not set: empty texts, and lists without elements.
void Merger::take_zeros(Located into, Located from) {
  const auto* reflection = from.message.GetReflection();
  for (const auto& place : from.places.inside) {
    if (place.field == nullptr) continue;
    const FieldDescriptor& field = *place.field;
    if (place.empty_list) {
      take_empty_list(into, place);
    } else if (!field.is_repeated() && !reflection->HasField(from.message, &field) &&
               !reflection->HasField(into.message, &field)) {
      overwrite(into.places, field, place.where);
    }
  }
}

void Merger::take_empty_list(Located into, const Places& list) {
  const FieldDescriptor& field = *list.field;
  const auto* reflection = into.message.GetReflection();
  const bool kept = is_keyed(field) && reflection->FieldSize(into.message, &field) > 0;
  if (kept) {
    found_.error(list.where, concat("an empty list takes nothing away from ", field.name()),
                 "take elements away with remove { kind: ... name: ... }");
    return;
  }
  reflection->ClearField(&into.message, &field);
  forget(into.places, field);
  into.places.inside.push_back({list.where, &field, true, {}});
}

}  // namespace

void merge(Located into, Located from, OnKnownName on_known_name, Diagnostics& found) {
  Merger(on_known_name, found).merge(into, from);
}

void check_names_differ(Located file, Diagnostics& found) {
  const auto* reflection = file.message.GetReflection();
  std::map<std::pair<const FieldDescriptor*, std::string>, Places*> first;
  std::map<const FieldDescriptor*, int> seen;
  for (auto& place : file.places.inside) {
    if (place.field == nullptr) continue;
    const FieldDescriptor& field = *place.field;
    if (field.message_type() == nullptr || place.empty_list) continue;
    const int i = field.is_repeated() ? seen[&field]++ : 0;
    Message& inner = field.is_repeated()
                         ? *reflection->MutableRepeatedMessage(&file.message, &field, i)
                         : *reflection->MutableMessage(&file.message, &field);
    if (is_keyed(field)) {
      const std::string name = name_of(file.message, field, i);
      const auto [entry, is_new] = first.emplace(std::pair(&field, name), &place);
      if (!is_new && !name.empty()) {
        report_same_name(field, name, *entry->second, place, "", found);
      }
    }
    if (!is_replaced_whole(*field.message_type())) check_names_differ({inner, place}, found);
  }
}

bool is_replaced_whole(const Descriptor& type) {
  return &type == pb::Sourced::descriptor() || &type == pb::SourcedText::descriptor() ||
         &type == pb::Predicate::descriptor() || &type == pb::PartyTest::descriptor();
}

}  // namespace chokepoint
