"""Every promise of Guildhall, shown in both shapes."""
