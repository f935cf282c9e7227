// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/ProfilePath.h"

#include <algorithm>
#include <array>

namespace octotrail::filter {

namespace {

constexpr std::array<std::string_view, 10> besideTheProfile{"id", "status", "created", "activated", "statusChanged",
    "lastLogin", "lastUpdated", "passwordChanged", "type", "realmId"};

constexpr std::array fields{
    ProfileField{"department", "Department"},
    ProfileField{"title", "Title"},
    ProfileField{"manager", "Manager"},
    ProfileField{"managerId", "Manager's ID"},
    ProfileField{"status", "Status"},
    ProfileField{"login", "Login"},
    ProfileField{"email", "Email"},
    ProfileField{"displayName", "Display name"},
    ProfileField{"firstName", "First name"},
    ProfileField{"lastName", "Last name"},
    ProfileField{"userType", "User type"},
    ProfileField{"employeeNumber", "Employee number"},
    ProfileField{"organization", "Organization"},
    ProfileField{"division", "Division"},
    ProfileField{"costCenter", "Cost center"},
    ProfileField{"city", "City"},
    ProfileField{"state", "State"},
    ProfileField{"countryCode", "Country"},
    ProfileField{"created", "Created", false, event::FieldType::Time},
    ProfileField{"lastLogin", "Last sign-in", false, event::FieldType::Time},
    ProfileField{"passwordChanged", "Password changed", false, event::FieldType::Time},
    ProfileField{"status", "Status", true},
    ProfileField{"displayName", "Name", true},
    ProfileField{"platform", "Platform", true},
    ProfileField{"osVersion", "OS version", true},
    ProfileField{"manufacturer", "Manufacturer", true},
    ProfileField{"model", "Model", true},
    ProfileField{"serialNumber", "Serial number", true},
    ProfileField{"registered", "Registered", true, event::FieldType::Boolean},
    ProfileField{"managed", "Managed", true, event::FieldType::Boolean},
    ProfileField{"secureHardwarePresent", "Secure hardware", true, event::FieldType::Boolean},
    ProfileField{"diskEncryptionType", "Disk encryption", true},
};

/// In the JSON: what follows segments[skip - 1], which is "profile".
event::FieldPath pathInJson(const std::vector<std::string> &segments, std::size_t skip)
{
    std::vector<std::string> path(segments.begin() + static_cast<std::ptrdiff_t>(skip), segments.end());
    if (std::ranges::find(besideTheProfile, path.front()) == besideTheProfile.end()) {
        path.insert(path.begin(), "profile");
    }
    return event::FieldPath(std::move(path));
}

/// Whether a comparison anywhere in the tree is of a path that is asked for.
bool asks(const NodePtr &node, bool inTarget, bool (*isAsked)(const ProfilePath &))
{
    if (const auto *comparison = std::get_if<Comparison>(&node->value)) {
        const auto path = inTarget ? profilePathOfTarget(comparison->path) : profilePath(comparison->path);
        return path && isAsked(*path);
    }
    if (const auto *element = std::get_if<ElementMatch>(&node->value)) {
        const auto &segments = element->path.segments();
        const bool isTarget = !inTarget && segments.size() == 1 && segments.front() == "target";
        return isTarget && asks(element->inner, true, isAsked);
    }
    if (const auto *negation = std::get_if<Not>(&node->value)) {
        return asks(negation->term, inTarget, isAsked);
    }
    const auto *all = std::get_if<And>(&node->value);
    const auto &terms = all ? all->terms : std::get<Or>(node->value).terms;
    return std::ranges::any_of(terms, [&](const NodePtr &term) { return asks(term, inTarget, isAsked); });
}

} // namespace

event::FieldId ProfilePath::idField() const
{
    static const event::FieldId device = *event::fieldByPath("device.id");
    return of == Of::Device ? device : of == Of::Event ? event::field::Uuid : event::field::ActorId;
}

std::optional<ProfilePath> profilePath(const event::FieldPath &path)
{
    const auto &segments = path.segments();
    using enum ProfilePath::Of;
    if (segments.size() == 2 && segments[0] == "annotation") {
        return ProfilePath{Event, event::FieldPath(std::vector{segments[1]})};
    }
    if (segments.size() < 3 || segments[1] != "profile") {
        return std::nullopt;
    }
    if (segments[0] == "actor" || segments[0] == "target" || segments[0] == "device") {
        const auto of = segments[0] == "actor" ? Actor : segments[0] == "target" ? Target : Device;
        return ProfilePath{of, pathInJson(segments, 2)};
    }
    return std::nullopt;
}

std::optional<ProfilePath> profilePathOfTarget(const event::FieldPath &path)
{
    const auto &segments = path.segments();
    if (segments.size() < 2 || segments[0] != "profile") {
        return std::nullopt;
    }
    return ProfilePath{ProfilePath::Of::Target, pathInJson(segments, 1)};
}

bool usesProfiles(const Expression &expression)
{
    return expression.root() && asks(expression.root(), false, [](const ProfilePath &) { return true; });
}

bool usesAnnotations(const Expression &expression)
{
    return expression.root()
        && asks(expression.root(), false, [](const ProfilePath &path) { return path.of == ProfilePath::Of::Event; });
}

std::span<const ProfileField> profileFields()
{
    return fields;
}

std::span<const AnnotationField> annotationFields()
{
    static constexpr std::array annotations{
        AnnotationField{"annotation.bookmarked", "Bookmarked", event::FieldType::Boolean},
        AnnotationField{"annotation.tag", "Tags"}, AnnotationField{"annotation.note", "Note"}};
    return annotations;
}

} // namespace octotrail::filter
